/* fermata-test-processor.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "harness/fermata-test-processor.h"

#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

struct _FermataTestProcessor {
  GObject parent_instance;

  GString *sent;
  GPtrArray *tasks;
  GHashTable *sessions;
};

typedef struct {
  FermataEventArrivedFunc func;
  gpointer user_data;
} Session;

static void fermata_test_processor_implement (FermataEventProcessorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataTestProcessor, fermata_test_processor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERMATA_TYPE_EVENT_PROCESSOR,
                                                      fermata_test_processor_implement))

static const char *
get_uri (FermataEventProcessor *processor)
{
  return "urn:fake#FakeProcessor";
}

static const char *
get_name (FermataEventProcessor *processor)
{
  return "fake";
}

static char *
open_session (FermataEventProcessor    *processor,
              const char               *id,
              FermataEventArrivedFunc   func,
              gpointer                  user_data,
              GError                  **error)
{
  FermataTestProcessor *self = FERMATA_TEST_PROCESSOR (processor);
  Session *session = g_new0 (Session, 1);

  g_assert_false (g_hash_table_contains (self->sessions, id));
  session->func = func;
  session->user_data = user_data;
  g_hash_table_insert (self->sessions, g_strdup (id), session);

  return g_strdup_printf ("fake://%s/", id);
}

static void
close_session (FermataEventProcessor *processor,
               const char            *id)
{
  g_hash_table_remove (FERMATA_TEST_PROCESSOR (processor)->sessions, id);
}

static void
send_async (FermataEventProcessor *processor,
            const char            *session,
            const char            *target,
            FermataValue          *event,
            GCancellable          *cancellable,
            GAsyncReadyCallback    callback,
            gpointer               user_data)
{
  FermataTestProcessor *self = FERMATA_TEST_PROCESSOR (processor);
  g_autofree char *text = fermata_value_to_string (event, FERMATA_WRITE_COMPACT, NULL);

  g_string_append_printf (self->sent, "%s %s %s\n", session, target, text);
  g_ptr_array_add (self->tasks, g_task_new (processor, NULL, callback, user_data));
}

static gboolean
send_finish (FermataEventProcessor  *processor,
             GAsyncResult           *result,
             GError                **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fermata_test_processor_implement (FermataEventProcessorInterface *iface)
{
  iface->get_uri = get_uri;
  iface->get_name = get_name;
  iface->open = open_session;
  iface->close = close_session;
  iface->send_async = send_async;
  iface->send_finish = send_finish;
}

static void
fermata_test_processor_finalize (GObject *object)
{
  FermataTestProcessor *self = FERMATA_TEST_PROCESSOR (object);

  g_assert_cmpuint (g_hash_table_size (self->sessions), ==, 0);
  g_hash_table_unref (self->sessions);
  g_ptr_array_unref (self->tasks);
  g_string_free (self->sent, TRUE);

  G_OBJECT_CLASS (fermata_test_processor_parent_class)->finalize (object);
}

static void
fermata_test_processor_class_init (FermataTestProcessorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_test_processor_finalize;
}

static void
fermata_test_processor_init (FermataTestProcessor *self)
{
  self->sent = g_string_new (NULL);
  self->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

FermataTestProcessor *
fermata_test_processor_new (void)
{
  return g_object_new (FERMATA_TYPE_TEST_PROCESSOR, NULL);
}

const char *
fermata_test_processor_get_sent (FermataTestProcessor *self)
{
  return self->sent->str;
}

guint
fermata_test_processor_get_n_open (FermataTestProcessor *self)
{
  return g_hash_table_size (self->sessions);
}

void
fermata_test_processor_answer (FermataTestProcessor *self,
                               guint                 index,
                               const char           *problem)
{
  g_autoptr (GTask) task = g_ptr_array_steal_index (self->tasks, index);

  if (problem == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", problem);
}

gboolean
fermata_test_processor_arrive (FermataTestProcessor *self,
                               const char           *id,
                               const char           *json)
{
  Session *session = g_hash_table_lookup (self->sessions, id);
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (FermataValue) event = fermata_value_parse (text, -1, NULL);

  return session != NULL && session->func (event, session->user_data);
}
