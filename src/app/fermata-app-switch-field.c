/* fermata-app-switch-field.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-switch-field.h"

struct _FermataAppSwitchField {
  FermataAppField parent_instance;

  GtkSwitch *control;
  gboolean is_showing;
};

G_DEFINE_FINAL_TYPE (FermataAppSwitchField, fermata_app_switch_field, FERMATA_TYPE_APP_FIELD)

/* The default, which is not written. */
static gboolean
get_default (FermataAppSwitchField *self)
{
  const FermataAppMember *member = fermata_app_field_get_member (FERMATA_APP_FIELD (self));

  return g_strcmp0 (member->placeholder, "true") == 0;
}

static void
switched (FermataAppSwitchField *self)
{
  gboolean is_on = gtk_switch_get_active (self->control);
  g_autoptr (FermataValue) value = is_on == get_default (self) ? NULL : fermata_value_new_boolean (is_on);

  if (self->is_showing)
    return;

  fermata_app_field_set_problem (FERMATA_APP_FIELD (self), NULL);
  if (!fermata_app_field_commit (FERMATA_APP_FIELD (self), value))
    fermata_app_field_reset (FERMATA_APP_FIELD (self));
  fermata_app_field_finish (FERMATA_APP_FIELD (self));
}

static GtkWidget *
fermata_app_switch_field_build (FermataAppField *field)
{
  FermataAppSwitchField *self = FERMATA_APP_SWITCH_FIELD (field);

  self->control = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->control), GTK_ALIGN_CENTER);
  g_signal_connect_object (self->control, "notify::active", G_CALLBACK (switched), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self->control);
}

static void
fermata_app_switch_field_show (FermataAppField *field,
                               FermataValue    *value)
{
  FermataAppSwitchField *self = FERMATA_APP_SWITCH_FIELD (field);
  gboolean is_boolean = value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_BOOLEAN;

  self->is_showing = TRUE;
  gtk_switch_set_active (self->control, is_boolean ? fermata_value_get_boolean (value) : get_default (self));
  self->is_showing = FALSE;
}

static void
fermata_app_switch_field_class_init (FermataAppSwitchFieldClass *klass)
{
  FERMATA_APP_FIELD_CLASS (klass)->build = fermata_app_switch_field_build;
  FERMATA_APP_FIELD_CLASS (klass)->show = fermata_app_switch_field_show;
}

static void
fermata_app_switch_field_init (FermataAppSwitchField *self)
{
}
