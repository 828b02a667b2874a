/* fermata-http-event-processor.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "services/fermata-http-event-processor.h"

#include "engine/fermata-event-processor.h"
#include "services/fermata-http-client-private.h"
#include "services/fermata-http-server-private.h"

#define NAME "basichttp"

/**
 * FermataHttpEventProcessor:
 *
 * Events over HTTP: the Basic HTTP Event I/O Processor of the SCXML
 * recommendation (section C.2).
 *
 * While sessions are open it listens, at a port of its own that this machine alone
 * can reach, unless [property@Fermata.HttpEventProcessor:listen-address] says
 * otherwise. Each has an address. What is posted there becomes an event whose name is
 * the parameter `_scxmleventname` (or `HTTP.POST`), and whose data are the other
 * parameters, or the body. The answer is 200 when the session has taken it.
 *
 * An event that is sent is posted to its target: parameters as a form, content as the
 * body. Any answer but 2xx is an error; redirections are not followed. What is sent to the
 * address of a session that is open here is given to it at once.
 */
struct _FermataHttpEventProcessor {
  GObject parent_instance;

  FermataHttpServer *server;
  FermataHttpClient *client; /* when something has been sent */
  char *listen_address;
  guint max_body_size;
  guint timeout;
};

enum {
  PROP_LISTEN_ADDRESS = 1,
  PROP_MAX_BODY_SIZE,
  PROP_TIMEOUT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void fermata_http_event_processor_iface_init (FermataEventProcessorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataHttpEventProcessor, fermata_http_event_processor,
  G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (FERMATA_TYPE_EVENT_PROCESSOR, fermata_http_event_processor_iface_init))

/* --- The interface ------------------------------------------------------- */

static const char *
get_uri (FermataEventProcessor *processor)
{
  return FERMATA_HTTP_EVENT_PROCESSOR_URI;
}

static const char *
get_name (FermataEventProcessor *processor)
{
  return NAME;
}

static char *
open_session (FermataEventProcessor    *processor,
              const char               *session,
              FermataEventArrivedFunc   func,
              gpointer                  user_data,
              GError                  **error)
{
  FermataHttpEventProcessor *self = FERMATA_HTTP_EVENT_PROCESSOR (processor);

  return fermata_http_server_open (self->server, session, func, user_data, error);
}

static void
close_session (FermataEventProcessor *processor,
               const char            *session)
{
  fermata_http_server_close (FERMATA_HTTP_EVENT_PROCESSOR (processor)->server, session);
}

static void
finish_at_once (GTask  *task,
                GError *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* What goes to a session here does not take the long way: so it is there before all that
 * is sent later, by whatever way. */
static void
send_async (FermataEventProcessor *processor,
            const char            *session,
            const char            *target,
            FermataValue          *event,
            GCancellable          *cancellable,
            GAsyncReadyCallback    callback,
            gpointer               user_data)
{
  FermataHttpEventProcessor *self = FERMATA_HTTP_EVENT_PROCESSOR (processor);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *line = g_strconcat (session, " ", target, NULL);
  GError *error = NULL;
  FermataHttpPost post = { NULL };

  g_task_set_source_tag (task, send_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!fermata_http_compose (&post, target, event, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (fermata_http_server_hand_over (self->server, target, &post, &error))
    {
      finish_at_once (task, error);
      fermata_http_post_clear (&post);
      return;
    }

  if (self->client == NULL)
    self->client = fermata_http_client_new ();
  fermata_http_client_set_timeout (self->client, self->timeout);
  fermata_http_client_post (self->client, line, &post, task);
}

static gboolean
send_finish (FermataEventProcessor  *processor,
             GAsyncResult           *result,
             GError                **error)
{
  g_return_val_if_fail (g_task_is_valid (result, processor), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fermata_http_event_processor_iface_init (FermataEventProcessorInterface *iface)
{
  iface->get_uri = get_uri;
  iface->get_name = get_name;
  iface->open = open_session;
  iface->close = close_session;
  iface->send_async = send_async;
  iface->send_finish = send_finish;
}

/* --- The object ---------------------------------------------------------- */

static void
fermata_http_event_processor_init (FermataHttpEventProcessor *self)
{
  self->server = fermata_http_server_new ();
  self->max_body_size = FERMATA_HTTP_MAX_BODY_SIZE;
  self->timeout = FERMATA_HTTP_TIMEOUT;
}

static void
fermata_http_event_processor_finalize (GObject *object)
{
  FermataHttpEventProcessor *self = FERMATA_HTTP_EVENT_PROCESSOR (object);

  fermata_http_server_free (self->server);
  g_clear_pointer (&self->client, fermata_http_client_free);
  g_free (self->listen_address);

  G_OBJECT_CLASS (fermata_http_event_processor_parent_class)->finalize (object);
}

static void
fermata_http_event_processor_get_property (GObject    *object,
                                           guint       id,
                                           GValue     *value,
                                           GParamSpec *pspec)
{
  FermataHttpEventProcessor *self = FERMATA_HTTP_EVENT_PROCESSOR (object);

  switch (id)
    {
    case PROP_LISTEN_ADDRESS:
      g_value_set_string (value, self->listen_address);
      break;

    case PROP_MAX_BODY_SIZE:
      g_value_set_uint (value, self->max_body_size);
      break;

    case PROP_TIMEOUT:
      g_value_set_uint (value, self->timeout);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
fermata_http_event_processor_set_property (GObject      *object,
                                           guint         id,
                                           const GValue *value,
                                           GParamSpec   *pspec)
{
  FermataHttpEventProcessor *self = FERMATA_HTTP_EVENT_PROCESSOR (object);

  switch (id)
    {
    case PROP_MAX_BODY_SIZE:
      fermata_http_event_processor_set_max_body_size (self, g_value_get_uint (value));
      break;

    case PROP_TIMEOUT:
      fermata_http_event_processor_set_timeout (self, g_value_get_uint (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
fermata_http_event_processor_class_init (FermataHttpEventProcessorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = fermata_http_event_processor_finalize;
  object_class->get_property = fermata_http_event_processor_get_property;
  object_class->set_property = fermata_http_event_processor_set_property;

  /**
   * FermataHttpEventProcessor:listen-address:
   *
   * Where it listens: `ADDRESS`, `ADDRESS:PORT`, `[ADDRESS]:PORT`; %NULL for this machine
   * alone.
   */
  properties[PROP_LISTEN_ADDRESS] =
    g_param_spec_string ("listen-address", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * FermataHttpEventProcessor:max-body-size:
   *
   * How many bytes the body of a request may have that is received.
   */
  properties[PROP_MAX_BODY_SIZE] =
    g_param_spec_uint ("max-body-size", NULL, NULL, 0, G_MAXINT, FERMATA_HTTP_MAX_BODY_SIZE,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * FermataHttpEventProcessor:timeout:
   *
   * How long a request may take, in milliseconds of real time: one that is sent until it
   * is answered, one that is received until all of it is there.
   */
  properties[PROP_TIMEOUT] =
    g_param_spec_uint ("timeout", NULL, NULL, 1, G_MAXUINT, FERMATA_HTTP_TIMEOUT,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

/**
 * fermata_http_event_processor_new:
 *
 * Makes one that listens on this machine alone, as soon as there is a session.
 *
 * Returns: (transfer full): an event processor
 */
FermataHttpEventProcessor *
fermata_http_event_processor_new (void)
{
  return g_object_new (FERMATA_TYPE_HTTP_EVENT_PROCESSOR, NULL);
}

/**
 * fermata_http_event_processor_set_listen_address:
 * @self: an event processor
 * @address: (nullable): `ADDRESS`, `ADDRESS:PORT` or `[ADDRESS]:PORT`; %NULL for this
 *   machine alone
 * @error: return location for an error of the domain FERMATA_TASK_ERROR
 *
 * Says where to listen from the next time on that there is a session after there was
 * none. At an address that others than this machine can reach, each session's has a
 * random token in it, and only who knows that can send events.
 *
 * Returns: %FALSE with @error set if it is no address
 */
gboolean
fermata_http_event_processor_set_listen_address (FermataHttpEventProcessor  *self,
                                                 const char                 *address,
                                                 GError                    **error)
{
  g_return_val_if_fail (FERMATA_IS_HTTP_EVENT_PROCESSOR (self), FALSE);

  if (!fermata_http_server_set_address (self->server, address, error))
    return FALSE;

  if (g_strcmp0 (address, self->listen_address) != 0)
    {
      g_free (self->listen_address);
      self->listen_address = g_strdup (address);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LISTEN_ADDRESS]);
    }

  return TRUE;
}

/**
 * fermata_http_event_processor_get_listen_address:
 * @self: an event processor
 *
 * Tells where it listens.
 *
 * Returns: (transfer none) (nullable): what was set; %NULL for this machine alone
 */
const char *
fermata_http_event_processor_get_listen_address (FermataHttpEventProcessor *self)
{
  g_return_val_if_fail (FERMATA_IS_HTTP_EVENT_PROCESSOR (self), NULL);

  return self->listen_address;
}

/**
 * fermata_http_event_processor_set_max_body_size:
 * @self: an event processor
 * @size: in bytes
 *
 * Says how large the body of a request may be that is received: at first 1 MiB.
 */
void
fermata_http_event_processor_set_max_body_size (FermataHttpEventProcessor *self,
                                                guint                      size)
{
  g_return_if_fail (FERMATA_IS_HTTP_EVENT_PROCESSOR (self));

  if (size == self->max_body_size)
    return;

  self->max_body_size = size;
  fermata_http_server_set_max_body_size (self->server, size);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAX_BODY_SIZE]);
}

/**
 * fermata_http_event_processor_get_max_body_size:
 * @self: an event processor
 *
 * Tells how large the body of a request may be that is received.
 *
 * Returns: in bytes
 */
guint
fermata_http_event_processor_get_max_body_size (FermataHttpEventProcessor *self)
{
  g_return_val_if_fail (FERMATA_IS_HTTP_EVENT_PROCESSOR (self), 0);

  return self->max_body_size;
}

/**
 * fermata_http_event_processor_set_timeout:
 * @self: an event processor
 * @timeout: in milliseconds of real time, not 0
 *
 * Says how long a request may take, from the next one on that is sent, and the next time on
 * that it begins to listen: at first 30 s.
 */
void
fermata_http_event_processor_set_timeout (FermataHttpEventProcessor *self,
                                          guint                      timeout)
{
  g_return_if_fail (FERMATA_IS_HTTP_EVENT_PROCESSOR (self));
  g_return_if_fail (timeout > 0);

  if (timeout == self->timeout)
    return;

  self->timeout = timeout;
  fermata_http_server_set_timeout (self->server, timeout);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TIMEOUT]);
}

/**
 * fermata_http_event_processor_get_timeout:
 * @self: an event processor
 *
 * Tells how long a request may take.
 *
 * Returns: in milliseconds of real time
 */
guint
fermata_http_event_processor_get_timeout (FermataHttpEventProcessor *self)
{
  g_return_val_if_fail (FERMATA_IS_HTTP_EVENT_PROCESSOR (self), 0);

  return self->timeout;
}
