/* fermata-app-field.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-document.h"
#include "fermata-app-member.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_FIELD (fermata_app_field_get_type ())

/*
 * One member of a node, an edge or a graph, with its title, what it is edited
 * with, and what is wrong with it. It follows the member, whoever changes it, but
 * leaves alone what one is typing.
 */
G_DECLARE_DERIVABLE_TYPE (FermataAppField, fermata_app_field, FERMATA, APP_FIELD, GtkBox)

/**
 * FermataAppFieldClass:
 * @build: makes what it is edited with (transfer floating); the member is known.
 *   If that only holds what has the focus, it says so by
 *   fermata_app_field_set_input()
 * @show: shows a value that somebody else gave it, NULL if it is not there
 */
struct _FermataAppFieldClass {
  GtkBoxClass parent_class;

  GtkWidget *(*build) (FermataAppField *self);
  void       (*show)  (FermataAppField *self,
                       FermataValue    *value);
};

/* The sort of field that the member's control says. */
FermataAppField        *fermata_app_field_new           (FermataAppDocument     *document,
                                                         gpointer                subject,
                                                         const FermataAppMember *member);
FermataAppDocument     *fermata_app_field_get_document  (FermataAppField        *self);
gpointer                fermata_app_field_get_subject   (FermataAppField        *self);
const FermataAppMember *fermata_app_field_get_member    (FermataAppField        *self);

/* What has the focus, and the accessible name: the member's title. */
GtkWidget              *fermata_app_field_get_input     (FermataAppField        *self);
void                    fermata_app_field_set_input     (FermataAppField        *self,
                                                         GtkWidget              *input);

/* The document was edited: shows the value if it is another. */
void                    fermata_app_field_refresh       (FermataAppField        *self);

/* The person gives it a value, or none: FALSE if that is refused, which is shown. */
gboolean                fermata_app_field_commit        (FermataAppField        *self,
                                                         FermataValue           *value);

/* Shows the value as it is, after it was refused another one. */
void                    fermata_app_field_reset         (FermataAppField        *self);

/* The next edit is a step of its own. */
void                    fermata_app_field_finish        (FermataAppField        *self);

/* What is wrong with what was typed; NULL: nothing. */
void                    fermata_app_field_set_problem   (FermataAppField        *self,
                                                         const char             *problem);

/* What the checker says of the member; shown where nothing worse is known. */
void                    fermata_app_field_set_remark    (FermataAppField        *self,
                                                         const char             *remark,
                                                         FermataSeverity         severity);

/* What is shown of both, NULL if nothing is. */
const char             *fermata_app_field_get_problem   (FermataAppField        *self);

G_END_DECLS
