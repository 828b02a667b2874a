/* fermata-http-form-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/*
 * `application/x-www-form-urlencoded`: what the forms of browsers send, names and
 * values as `a=1&b=two+words`. Read as the URL Standard does: `+` is a space, a `%`
 * that no two hexadecimal digits follow stands for itself, empty pieces are nothing,
 * a name without `=` has an empty value.
 */
typedef struct _FermataHttpForm FermataHttpForm;

FermataHttpForm *fermata_http_form_new         (void);
void             fermata_http_form_free        (FermataHttpForm  *self);

/* Adds the pairs of a text. FALSE if one of them is not UTF-8: then some may have
 * been added. */
gboolean         fermata_http_form_read        (FermataHttpForm  *self,
                                                const char       *text,
                                                gsize             length);

/* Takes the pairs of a name out: how many there were, and the value of the first
 * (transfer full; NULL if there was none). */
guint            fermata_http_form_take        (FermataHttpForm  *self,
                                                const char       *name,
                                                FermataValue    **value);

gboolean         fermata_http_form_is_empty    (FermataHttpForm  *self);

/* An object of strings. A name that occurs more than once has an array of them. */
FermataValue    *fermata_http_form_dup_object  (FermataHttpForm  *self);

/* Appends a pair to a text that is going to be sent. */
void             fermata_http_form_append      (GString          *text,
                                                const char       *name,
                                                gsize             name_length,
                                                const char       *value,
                                                gsize             value_length);

/* Appends bytes as URLs have them: all but letters, digits, `-`, `.`, `_` and `~` as
 * `%20`. */
void             fermata_http_append_escaped   (GString          *text,
                                                const char       *bytes,
                                                gsize             length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataHttpForm, fermata_http_form_free)

G_END_DECLS
