/* fermata-cli-inputs.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

#include "fermata-cli-arguments.h"

G_BEGIN_DECLS

/* What the options --input give, by name; NULL if there are none. FALSE after
 * having said what is wrong with them. */
gboolean cli_inputs_collect (CliArguments  *arguments,
                             FermataGraph  *graph,
                             FermataValue **inputs);

/* The object that a file holds, "-" being standard input; NULL after having
 * said what is wrong. @expected says what sort of object. */
FermataValue *cli_inputs_read_object (const char *name,
                                      const char *expected);

/* @inputs, and of those of an earlier run what is not in them and still is an
 * input of @graph. Both may be NULL. */
FermataValue *cli_inputs_complete    (FermataValue *inputs,
                                      FermataValue *earlier,
                                      FermataGraph *graph);

G_END_DECLS
