/* fermata-extern.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

/* Everything is hidden unless it says otherwise. */
#define FERMATA_EXTERN __attribute__ ((visibility ("default"))) extern
