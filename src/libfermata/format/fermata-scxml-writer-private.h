/* fermata-scxml-writer-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "format/fermata-scxml-private.h"

G_BEGIN_DECLS

/* Where something is in the document: a member or, if @name is NULL, an element
 * of @parent, which is NULL at the top. */
typedef struct _FermataScxmlStep FermataScxmlStep;

struct _FermataScxmlStep {
  const FermataScxmlStep *parent;
  const char *name;
  gsize index;
};

/* A machine that is being written. Its edges are grouped by the state that they leave:
 * those of one state are a chain, in their order. */
typedef struct _FermataScxmlSheet FermataScxmlSheet;

struct _FermataScxmlSheet {
  FermataScxmlSheet *outer;
  FermataValue *graph;
  const FermataScxmlStep *step;
  gboolean is_own;            /* Fermata's own data model: texts may be templates */
  const char *prefix;         /* of SCXML's elements; "" for none */
  gboolean has_default;       /* unprefixed names are in some namespace */
  FermataValue *edges;
  GHashTable *first_edges;    /* id -> place of an edge, from 1 */
  guint *next_edges;          /* from 1; 0 at the end of a chain */
  GHashTable *first_below;    /* state -> the first edge of it and of all in it, from 1 */
  GHashTable *ids;            /* id -> id as it is written, where these differ */
};

typedef enum {
  FERMATA_SCXML_TODO_CLOSE,   /* the end of an element, after what is kept inside it */
  FERMATA_SCXML_TODO_LEAVE,   /* the end of a machine */
  FERMATA_SCXML_TODO_STATES,  /* states that are in @value, and its transitions */
  FERMATA_SCXML_TODO_BLOCKS,  /* an element @name for each block in @value */
  FERMATA_SCXML_TODO_ACTIONS, /* an array of actions, or one */
  FERMATA_SCXML_TODO_ELSE,    /* what is behind the “then” of @value */
  FERMATA_SCXML_TODO_INITIAL, /* <initial> of the state @value */
  FERMATA_SCXML_TODO_TASKS,   /* the <invoke>s of an array, or one */
  FERMATA_SCXML_TODO_MACHINE, /* the machine @value in a <content> */
} FermataScxmlTodoKind;

/* What is still to be written: a stack, so that nothing is as deep as the document. */
typedef struct {
  FermataScxmlTodoKind kind;
  FermataValue *value;
  FermataValue *kept;
  const FermataScxmlStep *step;
  const char *name;
  gsize next;
  guint edge;                 /* the next of the state's edges, from 1; 0: there is none */
  guint *limits;              /* the first edge of each state and those behind it */
  gsize mark;                 /* where what is in the element begins */
} FermataScxmlTodo;

typedef struct {
  GString *text;
  GListStore *diagnostics;
  FermataScxmlWriteFlags flags;
  guint level;
  GArray *todo;
  FermataScxmlSheet *sheet;
  GPtrArray *blocks;          /* of steps */
  guint n_steps;
  GPtrArray *attributes;      /* names of those that the open tag has */
  const char *own_prefix;
  gboolean uses_own;
  gsize declare_at;           /* where the own namespace would be declared */
  guint n_reported;
} FermataScxmlWriter;

/* fermata-scxml-writer.c */
const FermataScxmlStep *fermata_scxml_writer_step      (FermataScxmlWriter      *self,
                                                        const FermataScxmlStep  *parent,
                                                        const char              *name);
const FermataScxmlStep *fermata_scxml_writer_step_to   (FermataScxmlWriter      *self,
                                                        const FermataScxmlStep  *parent,
                                                        gsize                    index);
FermataScxmlTodo       *fermata_scxml_writer_push      (FermataScxmlWriter      *self,
                                                        FermataScxmlTodoKind     kind,
                                                        FermataValue            *value,
                                                        const FermataScxmlStep  *step);
void                    fermata_scxml_writer_report    (FermataScxmlWriter      *self,
                                                        FermataSeverity          severity,
                                                        const FermataScxmlStep  *step,
                                                        const char              *member,
                                                        const char              *format,
                                                        ...) G_GNUC_PRINTF (5, 6);
void                    fermata_scxml_write_machine    (FermataScxmlWriter      *self,
                                                        FermataValue            *graph,
                                                        const FermataScxmlStep  *step);

/* fermata-scxml-writer-text.c: elements, attributes, text. */
void     fermata_scxml_put_indent      (FermataScxmlWriter     *self);
void     fermata_scxml_put_start       (FermataScxmlWriter     *self,
                                        const char             *name);
void     fermata_scxml_put_own_start   (FermataScxmlWriter     *self,
                                        const char             *name);
void     fermata_scxml_put_attribute   (FermataScxmlWriter     *self,
                                        const char             *name,
                                        const char             *value);
/* The member as an attribute, if it is there: a text, or an array of words. */
void     fermata_scxml_put_member      (FermataScxmlWriter     *self,
                                        const char             *name,
                                        FermataValue           *object,
                                        const char             *member,
                                        const FermataScxmlStep *step);
void     fermata_scxml_put_empty       (FermataScxmlWriter     *self);
/* Ends the tag; the element is closed when all that is pushed later has been written. */
void     fermata_scxml_put_open        (FermataScxmlWriter     *self,
                                        const char             *name,
                                        FermataValue           *kept,
                                        const FermataScxmlStep *step);
/* Closes at once what was opened last. */
void     fermata_scxml_put_close       (FermataScxmlWriter     *self);
/* The whole element, with text in it. */
void     fermata_scxml_put_text        (FermataScxmlWriter     *self,
                                        const char             *name,
                                        const char             *text,
                                        FermataValue           *kept,
                                        const FermataScxmlStep *step);
/* The same with what may be markup. */
void     fermata_scxml_put_content     (FermataScxmlWriter     *self,
                                        const char             *name,
                                        const char             *content,
                                        FermataValue           *kept,
                                        const FermataScxmlStep *step);
/* Whether XML has all its characters. */
gboolean fermata_scxml_is_writable     (const char             *string);
void     fermata_scxml_append_escaped  (GString                *text,
                                        const char             *string,
                                        gboolean                is_attribute);

/* fermata-scxml-writer-markup.c */
typedef struct {
  gboolean has_elements;
  gboolean is_closed;         /* all prefixes that are used in it are declared in it */
  gboolean needs_default;     /* some name would be in a namespace by default */
} FermataScxmlMarkup;

/* Whether @text may stand between two tags as it is. */
gboolean fermata_scxml_is_markup       (const char             *text,
                                        FermataScxmlMarkup     *markup);
gboolean fermata_scxml_is_name         (const char             *name);

/* Its outermost elements say that they are in no namespace by default, or, if that is
 * all that is said of it (not @adds), do not say so any more. */
char    *fermata_scxml_undefault       (const char             *markup,
                                        gboolean                adds);

/* fermata-scxml-writer-kept.c: what is kept in x-scxml, and what SCXML has not. */
FermataValue *fermata_scxml_get_kept       (FermataValue           *object);
FermataValue *fermata_scxml_get_part       (FermataValue           *kept,
                                            const char             *name);
const char   *fermata_scxml_get_kept_attribute (FermataValue       *kept,
                                                const char         *name);
void          fermata_scxml_put_kept       (FermataScxmlWriter     *self,
                                            FermataValue           *kept,
                                            const FermataScxmlStep *step);
void          fermata_scxml_put_foreign    (FermataScxmlWriter     *self,
                                            const char             *name,
                                            FermataValue           *value,
                                            const FermataScxmlStep *step);
void          fermata_scxml_put_raw        (FermataScxmlWriter     *self,
                                            FermataValue           *kept,
                                            const char             *name,
                                            const FermataScxmlStep *step);
void          fermata_scxml_put_raw_in_text (FermataScxmlWriter     *self,
                                             FermataValue           *kept,
                                             const FermataScxmlStep *step);
/* All members of @object but @known, which ends with NULL, as attributes. */
void          fermata_scxml_put_rest       (FermataScxmlWriter     *self,
                                            FermataValue           *object,
                                            const char *const      *known,
                                            const FermataScxmlStep *step);
void          fermata_scxml_put_own_member (FermataScxmlWriter     *self,
                                            const char             *name,
                                            FermataValue           *value);
/* An element of Fermata's with the value as JSON. */
void          fermata_scxml_put_own        (FermataScxmlWriter     *self,
                                            const char             *name,
                                            FermataValue           *value);

/* fermata-scxml-writer-states.c */
void          fermata_scxml_write_states   (FermataScxmlWriter     *self,
                                            FermataScxmlTodo       *todo);
void          fermata_scxml_push_states    (FermataScxmlWriter     *self,
                                            FermataValue           *owner,
                                            const FermataScxmlStep *step);
void          fermata_scxml_write_block    (FermataScxmlWriter     *self,
                                            FermataScxmlTodo       *todo);
void          fermata_scxml_write_initial  (FermataScxmlWriter     *self,
                                            FermataScxmlTodo       *todo);
void          fermata_scxml_write_data_model (FermataScxmlWriter   *self,
                                              FermataValue         *object,
                                              const FermataScxmlStep *step);
char         *fermata_scxml_dup_targets    (FermataScxmlWriter     *self,
                                            FermataValue           *value);
const char   *fermata_scxml_get_id         (FermataScxmlWriter     *self,
                                            const char             *id);

/* fermata-scxml-writer-sheet.c */
FermataScxmlSheet *fermata_scxml_sheet_new  (FermataScxmlWriter     *writer,
                                             FermataValue           *graph,
                                             const FermataScxmlStep *step);
void               fermata_scxml_sheet_free (FermataScxmlSheet      *self);

/* fermata-scxml-writer-actions.c */
void          fermata_scxml_write_action   (FermataScxmlWriter     *self,
                                            FermataValue           *action,
                                            const FermataScxmlStep *step);
void          fermata_scxml_write_verb     (FermataScxmlWriter     *self,
                                            FermataValue           *action,
                                            const FermataScxmlStep *step);
void          fermata_scxml_write_else     (FermataScxmlWriter     *self,
                                            FermataScxmlTodo       *todo);
void          fermata_scxml_write_assigns  (FermataScxmlWriter     *self,
                                            FermataValue           *object,
                                            const FermataScxmlStep *step);
/* With what it is in, of which only that it cannot be written is known. */
void          fermata_scxml_put_refused    (FermataScxmlWriter     *self,
                                            FermataValue           *action,
                                            const char             *why,
                                            const FermataScxmlStep *step);
void          fermata_scxml_write_params   (FermataScxmlWriter     *self,
                                            FermataValue           *object,
                                            const FermataScxmlStep *step);
void          fermata_scxml_write_content  (FermataScxmlWriter     *self,
                                            FermataValue           *object,
                                            FermataValue           *kept,
                                            const FermataScxmlStep *step);

/* fermata-scxml-writer-tasks.c */
void          fermata_scxml_write_task     (FermataScxmlWriter     *self,
                                            FermataValue           *task,
                                            const FermataScxmlStep *step);
void          fermata_scxml_write_inner    (FermataScxmlWriter     *self,
                                            FermataScxmlTodo       *todo);
/* Whether SCXML has such tasks. */
gboolean      fermata_scxml_is_invoke      (FermataValue           *task);

/* fermata-scxml-writer-own.c: Fermata's own data model. */
/* Why SCXML has no such action; NULL if it has. */
const char   *fermata_scxml_refuse_action  (FermataValue           *action);
const char   *fermata_scxml_refuse_edge    (FermataValue           *edge);
gboolean      fermata_scxml_is_constant    (FermataValue           *value);
void          fermata_scxml_write_own_action (FermataScxmlWriter   *self,
                                              FermataValue         *action,
                                              const FermataScxmlStep *step);
void          fermata_scxml_write_own_data (FermataScxmlWriter     *self,
                                            FermataValue           *data);

static inline gboolean
fermata_scxml_is_kind (FermataValue     *value,
                       FermataValueKind  kind)
{
  return value != NULL && fermata_value_get_kind (value) == kind;
}

/* NULL if there is none, or it is no text. */
static inline const char *
fermata_scxml_get_text (FermataValue *object,
                        const char   *name)
{
  FermataValue *value = fermata_scxml_is_kind (object, FERMATA_VALUE_KIND_OBJECT) ? fermata_value_get_member (object, name)
                                                                                 : NULL;

  return fermata_scxml_is_kind (value, FERMATA_VALUE_KIND_STRING) ? fermata_value_get_string (value, NULL) : NULL;
}

G_END_DECLS
