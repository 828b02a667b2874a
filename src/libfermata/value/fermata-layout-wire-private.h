/* fermata-layout-wire-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the library and fermata-layout-host agree on. It is started as
 *
 *     fermata-layout-host FORMAT SECONDS
 *
 * with DOT on its standard input. How it ends says what became of it; unless
 * that is well, the last lines on its standard error say more.
 */
typedef enum {
  FERMATA_LAYOUT_EXIT_DONE = 0,
  FERMATA_LAYOUT_EXIT_FAILED = 1,
  FERMATA_LAYOUT_EXIT_USAGE = 2,
  FERMATA_LAYOUT_EXIT_NOT_DOT = 3,
  FERMATA_LAYOUT_EXIT_TOO_LARGE = 4,
} FermataLayoutExit;

/* In bytes: of what is read, and of what is written. */
#define FERMATA_LAYOUT_MAX_DOT ((gsize) 64 << 20)
#define FERMATA_LAYOUT_MAX_PICTURE ((gsize) 256 << 20)

/* In an environment variable of this name, a program to start instead. */
#define FERMATA_LAYOUT_HOST_VARIABLE "FERMATA_LAYOUT_HOST"
#define FERMATA_LAYOUT_HOST_PROGRAM "fermata-layout-host"

G_END_DECLS
