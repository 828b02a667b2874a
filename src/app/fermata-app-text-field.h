/* fermata-app-text-field.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-field.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_TEXT_FIELD (fermata_app_text_field_get_type ())

/* A member that one types: in a line, or in several. */
G_DECLARE_FINAL_TYPE (FermataAppTextField, fermata_app_text_field, FERMATA, APP_TEXT_FIELD, FermataAppField)

G_END_DECLS
