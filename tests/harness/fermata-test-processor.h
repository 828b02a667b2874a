/* fermata-test-processor.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-event-processor.h"

G_BEGIN_DECLS

/*
 * An event processor that answers when the test says so: `urn:fake#FakeProcessor`, or
 * `fake` for short.
 */

#define FERMATA_TYPE_TEST_PROCESSOR (fermata_test_processor_get_type ())
G_DECLARE_FINAL_TYPE (FermataTestProcessor, fermata_test_processor, FERMATA, TEST_PROCESSOR, GObject)

FermataTestProcessor *fermata_test_processor_new        (void);

/* Lines `SESSION TARGET EVENT`, in the order in which they were sent. */
const char           *fermata_test_processor_get_sent   (FermataTestProcessor *self);

/* How many sessions are open. */
guint                 fermata_test_processor_get_n_open (FermataTestProcessor *self);

/* Of what has no answer yet, answers one: it was delivered, or why not. */
void                  fermata_test_processor_answer     (FermataTestProcessor *self,
                                                         guint                 index,
                                                         const char           *problem);

/* Brings an event for a session; whether that has taken it. */
gboolean              fermata_test_processor_arrive     (FermataTestProcessor *self,
                                                         const char           *session,
                                                         const char           *json);

G_END_DECLS
