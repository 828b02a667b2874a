/* fermata-script-program-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where fermata-script-host is, or should be: what FERMATA_SCRIPT_HOST says;
 * beside this library, where it was built or installed; where it was meant to
 * be installed. */
char *fermata_script_program_find (void);

G_END_DECLS
