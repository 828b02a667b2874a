/* fermata-app-datum.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_DATUM (fermata_app_datum_get_type ())

/*
 * A value with its name, as a row of a tree. A list model of its members or
 * elements, each made when somebody looks. What is looked at stays the same
 * object while values come and go, so that the tree stays open where it was.
 *
 * Properties: name, text (the value in a line), writer (the number of the event
 * that wrote it; 0: not known), changed (it was another at the last look),
 * editable.
 */
G_DECLARE_FINAL_TYPE (FermataAppDatum, fermata_app_datum, FERMATA, APP_DATUM, GObject)

FermataAppDatum *fermata_app_datum_new           (const char      *name);
const char      *fermata_app_datum_get_name      (FermataAppDatum *self);

/* NULL before there was one (transfer none). */
FermataValue    *fermata_app_datum_get_value     (FermataAppDatum *self);
gboolean         fermata_app_datum_is_container  (FermataAppDatum *self);
guint64          fermata_app_datum_get_writer    (FermataAppDatum *self);
gboolean         fermata_app_datum_is_changed    (FermataAppDatum *self);
gboolean         fermata_app_datum_is_editable   (FermataAppDatum *self);

/* The value as it is now; NULL: there is none. */
void             fermata_app_datum_set_value     (FermataAppDatum *self,
                                                  FermataValue    *value);
void             fermata_app_datum_set_writer    (FermataAppDatum *self,
                                                  guint64          writer);
void             fermata_app_datum_set_editable  (FermataAppDatum *self,
                                                  gboolean         editable);

/* Whether it is in canonical encoding, and "$undefined" and the like are shown as what
 * they mean. Of the rows made of it, too. */
void             fermata_app_datum_set_canonical (FermataAppDatum *self,
                                                  gboolean         canonical);

/* A row of it, if somebody looks at it: for writers of variables. */
FermataAppDatum *fermata_app_datum_find_child    (FermataAppDatum *self,
                                                  guint            index);

G_END_DECLS
