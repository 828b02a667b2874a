/* fermata-studio.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-application.h"

#include <glib/gi18n.h>

int
main (int   argc,
      char *argv[])
{
  g_autoptr (FermataAppApplication) application = NULL;

  bindtextdomain (GETTEXT_PACKAGE, FERMATA_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = fermata_app_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
