/* fermata-check-tokens-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Names of events, as a forest by their tokens: `error.execution` is below
 * `error`. So which descriptors match a name, or cover another descriptor, is
 * found in one walk along it, however many there are. A node may carry a mark,
 * 0 without one; a tree has its own root, which `*` ends at. Texts that were
 * added must outlive it.
 */
typedef struct _FermataCheckTokens FermataCheckTokens;

FermataCheckTokens *fermata_check_tokens_new      (void);
void                fermata_check_tokens_free     (FermataCheckTokens *self);

guint               fermata_check_tokens_add_root (FermataCheckTokens *self);

/* The node at the end of @text below @root, which is made if need be. */
guint               fermata_check_tokens_add      (FermataCheckTokens *self,
                                                   guint               root,
                                                   const char         *text);
guint               fermata_check_tokens_get_mark (FermataCheckTokens *self,
                                                   guint               node);
void                fermata_check_tokens_set_mark (FermataCheckTokens *self,
                                                   guint               node,
                                                   guint               mark);

/* The first mark on the way from @root along @text, 0 if there is none. */
guint               fermata_check_tokens_cover    (FermataCheckTokens *self,
                                                   guint               root,
                                                   const char         *text);

/* Whether @text, or anything that begins with its tokens, was added. */
gboolean            fermata_check_tokens_has      (FermataCheckTokens *self,
                                                   guint               root,
                                                   const char         *text);

/* How much of a descriptor counts: without a `.*` or `.` at its end; nothing
 * of `*`, which matches all. */
gsize               fermata_check_tokens_length   (const char         *descriptor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataCheckTokens, fermata_check_tokens_free)

G_END_DECLS
