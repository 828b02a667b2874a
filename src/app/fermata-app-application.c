/* fermata-app-application.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-application.h"

#include "fermata-app-window.h"

struct _FermataAppApplication {
  AdwApplication parent_instance;

  FermataEngine *engine;
};

G_DEFINE_FINAL_TYPE (FermataAppApplication, fermata_app_application, ADW_TYPE_APPLICATION)

static void
fermata_app_application_activate (GApplication *application)
{
  FermataAppWindow *window = fermata_app_window_new (FERMATA_APP_APPLICATION (application));

  gtk_window_present (GTK_WINDOW (window));
}

static void
fermata_app_application_dispose (GObject *object)
{
  FermataAppApplication *self = FERMATA_APP_APPLICATION (object);

  g_clear_object (&self->engine);

  G_OBJECT_CLASS (fermata_app_application_parent_class)->dispose (object);
}

static void
fermata_app_application_class_init (FermataAppApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fermata_app_application_dispose;
  G_APPLICATION_CLASS (klass)->activate = fermata_app_application_activate;
}

static void
fermata_app_application_init (FermataAppApplication *self)
{
}

FermataAppApplication *
fermata_app_application_new (void)
{
  return g_object_new (FERMATA_TYPE_APP_APPLICATION,
                       "application-id", "io.github.fermata.Fermata",
                       NULL);
}

/* Made when the first graph is opened. */
FermataEngine *
fermata_app_application_get_engine (FermataAppApplication *self)
{
  if (self->engine == NULL)
    self->engine = fermata_engine_new_default ();

  return self->engine;
}
