/* fermata-body-rules-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-body-private.h"

G_BEGIN_DECLS

/* What the next frame of an owner is: its plan, and what it is given. Values are
 * transfer full and nullable; @count and @quorum are 0 where there is none. */
typedef struct {
  FermataPlan *plan;
  FermataValue *item;
  FermataValue *input;
  FermataValue *error;
  guint32 count;
  guint32 quorum;
  gboolean has_branches;
} FermataBodyEntry;

/* What a frame gave that has been left: an output, an error, or neither (transfer
 * none). */
typedef struct {
  guint32 iteration;
  FermataExit exit;
  FermataValue *output;
  FermataValue *error;
} FermataBodyLeft;

typedef enum {
  FERMATA_BODY_GOES_ON,
  FERMATA_BODY_IS_DONE,
  FERMATA_BODY_HAS_FAILED,
} FermataBodyEnd;

/*
 * What is particular to the owners of one sort. None of these looks at whether
 * frames are under way but @can_enter; whoever calls them then updates the owner
 * (fermata_body_update ()).
 */
typedef struct {
  /* An attempt begins: what is left of the one before is forgotten. */
  void           (*begin)      (FermataMoment           *moment,
                                FermataFrame            *frame,
                                guint                    node);

  /* Whether a frame may be entered now */
  gboolean       (*can_enter)  (const FermataMoment     *moment,
                                const FermataFrame      *frame,
                                guint                    node,
                                const FermataBodyRecord *body);

  /* Frame body->n_entered is entered: fills in @entry. */
  void           (*enter)      (FermataFrame            *frame,
                                guint                    node,
                                FermataBodyRecord       *body,
                                FermataBodyEntry        *entry);
  void           (*left)       (FermataMoment           *moment,
                                FermataFrame            *frame,
                                guint                    node,
                                const FermataBodyLeft   *left);

  /* With no frame under way, and none that may be entered */
  FermataBodyEnd (*get_end)    (const FermataFrame      *frame,
                                guint                    node,
                                const FermataBodyRecord *body);
  FermataValue  *(*dup_output) (const FermataFrame      *frame,
                                guint                    node,
                                const FermataBodyRecord *body);
} FermataBodyRules;

extern const FermataBodyRules fermata_body_rules_each;
extern const FermataBodyRules fermata_body_rules_items;
extern const FermataBodyRules fermata_body_rules_once;
extern const FermataBodyRules fermata_body_rules_while;
extern const FermataBodyRules fermata_body_rules_try;

/* The rules of an owner; whether a frame may be entered now, by them and by what holds
 * for all. */
const FermataBodyRules *fermata_body_get_rules (const FermataFrame      *frame,
                                                guint                    node);
gboolean                fermata_body_can_enter (const FermataMoment     *moment,
                                                const FermataFrame      *frame,
                                                guint                    node,
                                                const FermataBodyRecord *body);

/* Whatever it has, it takes no more of it. */
static inline gboolean
fermata_body_is_stopping (const FermataFrame      *frame,
                          guint                    node,
                          const FermataBodyRecord *body)
{
  return body->failure != NULL || (body->flags & (BODY_RESTARTS | BODY_STOPS)) != 0
         || fermata_index_set_contains (&frame->cancellable, node);
}

/* The one result there is, or null. */
FermataValue *fermata_body_dup_first_result (const FermataFrame      *frame,
                                             guint                    node,
                                             const FermataBodyRecord *body);

/* Of `try`: it is asked to end, and nothing of it is under way; whether a frame of it
 * is that of its `finally`, which only those end who ask twice. */
void          fermata_body_cut_short     (FermataFrame            *frame,
                                          guint                    node);
gboolean      fermata_body_is_finally    (const FermataFrame      *frame,
                                          guint                    node,
                                          const FermataFrame      *child);

/* Everything of it but how far its source has told of items */
void          fermata_body_forget        (FermataBodyRecord       *body);

/* The frames from iteration @from on that are under way are to end. */
void          fermata_body_close_frames  (FermataMoment           *moment,
                                          FermataFrame            *frame,
                                          guint                    node,
                                          guint32                  from,
                                          gboolean                 gently);

/* The first failure counts: that of @error (transfer none), which happened in an
 * iteration or, with @iteration FERMATA_INDEX_NONE, in a graph. */
void          fermata_body_fail          (FermataMoment           *moment,
                                          FermataFrame            *frame,
                                          guint                    node,
                                          guint32                  iteration,
                                          FermataValue            *error);

/* A parameter as the node was started with it (transfer none, nullable); one that
 * is a whole number, @fallback where it is none in the range from 1. */
FermataValue *fermata_body_get_parameter (const FermataFrame      *frame,
                                          guint                    node,
                                          const char              *name);

/* Fails the owner as it begins: kind validation. @format is a message. */
void          fermata_body_refuse        (FermataFrame            *frame,
                                          guint                    node,
                                          const char              *format,
                                          ...) G_GNUC_PRINTF (3, 4);

/* A whole number from 1, or what the owner does without (FALSE: refused). */
gboolean      fermata_body_get_number    (FermataFrame            *frame,
                                          guint                    node,
                                          const char              *name,
                                          guint32                 *number);

G_END_DECLS
