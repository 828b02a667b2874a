/* fermata-frame-scope-script-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-frame-scope-private.h"
#include "engine/plan/fermata-script-sessions-private.h"

G_BEGIN_DECLS

static inline gboolean
fermata_frame_is_scxml (const FermataFrame *frame)
{
  return frame->machine != NULL && frame->plan->chart->data_model != FERMATA_DATA_MODEL_FERMATA;
}

/* The names of a machine with one of SCXML's data models; nothing happens in
 * others. */
void          fermata_frame_scope_use_scripts  (FermataFrameScope  *self);

/* An expression that somebody asks from outside, to be evaluated with that scope and
 * others like it: in such a machine it is one of the machine's (transfer full). */
FermataExpression *fermata_frame_scope_compile (FermataFrameScope  *self,
                                                FermataEvaluator   *evaluator,
                                                const char         *source,
                                                GError            **error);

/*
 * What would change, as events say it: a list of variables, each with its new value.
 * NULL with @error set if that cannot be. @location is the left side of an
 * assignment; with @declares a name, of a variable that need not be there yet.
 */
FermataValue *fermata_frame_scope_assign       (FermataFrameScope  *self,
                                                const char         *location,
                                                FermataExpression  *expression,
                                                GError            **error);
FermataValue *fermata_frame_scope_assign_value (FermataFrameScope  *self,
                                                const char         *location,
                                                FermataValue       *value,
                                                gboolean            declares,
                                                GError            **error);
FermataValue *fermata_frame_scope_execute      (FermataFrameScope  *self,
                                                const char         *code,
                                                GError            **error);

/* `_sessionid`, `_name`, `_ioprocessors`, `_x` of a machine. */
FermataValue *fermata_machine_system_new       (FermataMoment      *moment,
                                                FermataFrame       *frame);

G_END_DECLS
