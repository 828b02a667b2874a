/* fermata-app-switch-field.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-field.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_SWITCH_FIELD (fermata_app_switch_field_get_type ())

/* A member that is true or not. */
G_DECLARE_FINAL_TYPE (FermataAppSwitchField, fermata_app_switch_field, FERMATA, APP_SWITCH_FIELD, FermataAppField)

G_END_DECLS
