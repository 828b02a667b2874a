/* fermata.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-places.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"
#include "value/fermata-value.h"
