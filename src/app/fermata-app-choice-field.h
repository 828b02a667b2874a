/* fermata-app-choice-field.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-field.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_CHOICE_FIELD (fermata_app_choice_field_get_type ())

/* A member that is one of several things. */
G_DECLARE_FINAL_TYPE (FermataAppChoiceField, fermata_app_choice_field, FERMATA, APP_CHOICE_FIELD, FermataAppField)

G_END_DECLS
