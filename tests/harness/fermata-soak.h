/* fermata-soak.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tries the seeds from @seed on, so many. */
typedef void (*FermataSoakRound) (guint32 seed,
                                  guint   n);

/*
 * The main () of a soak program: tries seed after seed for as many seconds as the
 * first argument says, but at least 2,000; at the end no more memory may be in
 * use than 1.1 times what was after a tenth of the time. A second argument is
 * the seed to begin with.
 */
int fermata_soak (int               argc,
                  char             *argv[],
                  const char       *what,
                  FermataSoakRound  round);

G_END_DECLS
