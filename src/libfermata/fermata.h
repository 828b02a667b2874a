/* fermata.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "check/fermata-checker.h"
#include "defaults/fermata-defaults.h"
#include "engine/fermata-clock.h"
#include "engine/fermata-engine.h"
#include "engine/fermata-event-codec.h"
#include "engine/fermata-event.h"
#include "engine/fermata-execution.h"
#include "engine/fermata-executor.h"
#include "engine/fermata-history.h"
#include "engine/fermata-moment.h"
#include "engine/fermata-node-type.h"
#include "engine/fermata-plan.h"
#include "engine/fermata-run.h"
#include "engine/fermata-task-error.h"
#include "engine/nodes/fermata-nodes.h"
#include "executor/fermata-local-executor.h"
#include "format/fermata-format-error.h"
#include "format/fermata-json-loader.h"
#include "format/fermata-json.h"
#include "model/fermata-diagnostic.h"
#include "model/fermata-duration.h"
#include "model/fermata-edge.h"
#include "model/fermata-edit.h"
#include "model/fermata-graph.h"
#include "model/fermata-loader.h"
#include "model/fermata-model-id.h"
#include "model/fermata-model-types.h"
#include "model/fermata-node-description.h"
#include "model/fermata-node.h"
#include "value/fermata-places.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"
#include "value/fermata-value.h"
