/* fermata-script-worker.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-script-worker-private.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engine/fermata-task-error.h"
#include "executor/fermata-family-private.h"
#include "executor/fermata-local-job-private.h"
#include "executor/fermata-script-contexts-private.h"
#include "executor/fermata-script-link-private.h"
#include "executor/fermata-start-private.h"
#include "expression/fermata-js-json-private.h"
#include "value/fermata-helper-private.h"
#include "value/fermata-value-reader.h"

/* On their way at a time. More do not make it faster. */
#define MAX_CALLS 64
#define MAX_BACKLOG (256 * 1024)

/* Of what a call is given. */
#define MAX_LENGTH ((gsize) 1 << 30)

/* JavaScriptCore's own allocator reserves what typed arrays may take before
 * there is a limit, and so takes it out of the limit. */
static const char *const host_environment[] = { "Malloc=1", NULL };

/* Kept of what a host says on standard error. */
#define LAST_WORDS 1000

struct _FermataScriptWorker {
  guint ref_count;

  guint64 memory;
  FermataScriptWorkerListener listener;
  gpointer user_data;

  FermataJob *job;
  FermataScriptLink *link;
  FermataScriptShared *shared;
  FermataScriptContexts *contexts;
  GString *last_words;

  GQueue calls;
  guint32 epoch;
  guint32 n_answered;
  gboolean ready;
  gboolean worn;
  gboolean doomed;
  gboolean closed;
};

FermataScriptWorker *
fermata_script_worker_ref (FermataScriptWorker *self)
{
  self->ref_count++;
  return self;
}

void
fermata_script_worker_unref (FermataScriptWorker *self)
{
  if (--self->ref_count > 0)
    return;

  fermata_script_worker_close (self);
  if (self->shared != NULL)
    munmap (self->shared, sizeof *self->shared);
  g_clear_pointer (&self->contexts, fermata_script_contexts_free);
  g_string_free (self->last_words, TRUE);
  g_free (self);
}

/* --- What the host says -------------------------------------------------- */

FermataPooledCall *
fermata_script_worker_pop (FermataScriptWorker *self)
{
  GList *link = g_queue_pop_head_link (&self->calls);
  FermataPooledCall *call = link != NULL ? link->data : NULL;

  if (call != NULL)
    call->worker = NULL;

  return call;
}

static const char *
text_of (FermataValue *failure,
         const char   *name)
{
  FermataValue *text = fermata_value_get_member (failure, name);

  return text != NULL ? fermata_value_get_string (text, NULL) : "";
}

/* How JavaScriptCore says that it could not have more memory. */
#define OUT_OF_MEMORY "RangeError: Out of memory"

static GError *
make_failure (FermataScriptWorker *self,
              FermataValue        *failure)
{
  const char *message = text_of (failure, "message");
  FermataErrorKind kind = FERMATA_ERROR_KIND_EXECUTION;

  if (g_str_has_prefix (message, OUT_OF_MEMORY))
    return g_error_new (FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
                        OUT_OF_MEMORY ": the script may use %" G_GUINT64_FORMAT " MB%s",
                        self->memory >> 20, message + strlen (OUT_OF_MEMORY));

  fermata_error_kind_from_string (text_of (failure, "kind"), &kind);

  return g_error_new_literal (FERMATA_TASK_ERROR, (int) kind, message);
}

static void
take_answer (FermataScriptWorker      *self,
             const FermataScriptFrame *frame,
             const char               *payload)
{
  g_autoptr (GError) parse_error = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = fermata_value_parse (payload, frame->length, &parse_error);
  FermataPooledCall *call = fermata_script_worker_pop (self);
  FermataValue *details = NULL;

  g_return_if_fail (call != NULL);

  self->n_answered++;
  self->worn = self->worn || (frame->flags & FERMATA_SCRIPT_WIRE_WORN) != 0;
  if (value == NULL)
    error = g_error_new (FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_TRANSFORMATION,
                         "The result is no value: %s", parse_error->message);
  else if (frame->type == FERMATA_SCRIPT_WIRE_FAILURE)
    {
      error = make_failure (self, value);
      details = fermata_value_get_member (value, "details");
    }

  self->listener.answered (self, call, error == NULL ? value : NULL, details, error,
                           self->user_data);
}

static void
take_print (FermataScriptWorker      *self,
            const FermataScriptFrame *frame,
            const char               *payload)
{
  FermataPooledCall *call = g_queue_peek_head (&self->calls);

  if (call != NULL && call->print != NULL
      && !g_cancellable_is_cancelled (g_task_get_cancellable (call->task)))
    call->print (frame->flags == 0 ? FERMATA_STREAM_OUTPUT : FERMATA_STREAM_ERROR,
                 (const guint8 *) payload, frame->length, call->print_data);
}

static void
take_ready (FermataScriptWorker      *self,
            const FermataScriptFrame *frame,
            const char               *payload)
{
  if (frame->length == strlen (FERMATA_VERSION)
      && memcmp (payload, FERMATA_VERSION, frame->length) == 0)
    {
      self->ready = TRUE;
      return;
    }

  g_string_assign (self->last_words, "it is of another version");
  fermata_script_worker_kill (self);
}

static void
take_frame (const FermataScriptFrame *frame,
            const char               *payload,
            gpointer                  user_data)
{
  g_autoptr (FermataScriptWorker) self = fermata_script_worker_ref (user_data);

  switch ((FermataScriptWireType) frame->type)
    {
    case FERMATA_SCRIPT_WIRE_READY:
      take_ready (self, frame, payload);
      break;

    case FERMATA_SCRIPT_WIRE_PRINT:
      take_print (self, frame, payload);
      break;

    case FERMATA_SCRIPT_WIRE_RESULT:
    case FERMATA_SCRIPT_WIRE_FAILURE:
      take_answer (self, frame, payload);
      break;

    case FERMATA_SCRIPT_WIRE_CODE:
    case FERMATA_SCRIPT_WIRE_CALL:
    case FERMATA_SCRIPT_WIRE_FORGET:
    default:
      g_warning ("A script host said something unknown: %u", frame->type);
      fermata_script_worker_kill (self);
      break;
    }
}

/* --- Its process --------------------------------------------------------- */

static void
job_output (FermataJob    *job,
            FermataStream  stream,
            const guint8  *data,
            gsize          length,
            gpointer       user_data)
{
  FermataScriptWorker *self = user_data;

  g_string_append_len (self->last_words, (const char *) data, (gssize) length);
  if (self->last_words->len > LAST_WORDS)
    g_string_erase (self->last_words, 0, (gssize) (self->last_words->len - LAST_WORDS));
}

static GError *
describe_end (FermataScriptWorker *self,
              const FermataJobEnd *end)
{
  g_autofree char *words = g_utf8_make_valid (self->last_words->str, (gssize) self->last_words->len);
  const char *colon = *g_strstrip (words) != '\0' ? ": " : "";

  if (!self->ready)
    return g_error_new (FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
                        "fermata-script-host ended before it was ready%s%s", colon, words);
  if (__atomic_load_n (&self->shared->out_of_memory, __ATOMIC_SEQ_CST) != 0)
    return g_error_new (FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
                        "The script ran out of memory: it may use %" G_GUINT64_FORMAT " MB",
                        self->memory >> 20);
  if (!end->exited)
    return g_error_new (FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
                        "The process of the script was ended by signal %d (%s)%s%s",
                        end->code, g_strsignal (end->code), colon, words);

  return g_error_new (FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
                      "The process of the script ended with status %d%s%s", end->code, colon, words);
}

static void
job_ended (FermataJob          *job,
           const FermataJobEnd *end,
           gpointer             user_data)
{
  g_autoptr (FermataScriptWorker) self = fermata_script_worker_ref (user_data);
  g_autoptr (GError) error = NULL;

  self->doomed = TRUE;
  if (self->link != NULL)
    fermata_script_link_drain (self->link);
  if (self->closed)
    return;

  error = describe_end (self, end);
  self->listener.ended (self, error, self->user_data);
}

static void
forget_number (guint32  number,
               gpointer user_data)
{
  FermataScriptWorker *self = user_data;
  FermataScriptFrame frame = { .type = FERMATA_SCRIPT_WIRE_FORGET, .context = number };

  if (self->link != NULL)
    fermata_script_link_send (self->link, frame, NULL, 0);
}

/* Its two files and our end of the socket; what is shared is ours as well. */
typedef struct {
  int theirs[2];
  int ours;
} Files;

static void
close_files (int *fds,
             guint n)
{
  for (guint i = 0; i < n; i++)
    {
      if (fds[i] >= 0)
        close (fds[i]);
      fds[i] = -1;
    }
}

static gboolean
open_files (FermataScriptWorker *self,
            Files               *files)
{
  int pair[2];
  void *shared;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    return FALSE;
  files->ours = fermata_start_above_stdio (pair[0]);
  files->theirs[FERMATA_SCRIPT_WIRE_SOCKET_FD] = fermata_start_above_stdio (pair[1]);
  files->theirs[FERMATA_SCRIPT_WIRE_SHARED_FD] =
    fermata_start_above_stdio (memfd_create ("fermata-script-host", MFD_CLOEXEC));
  if (files->ours < 0 || files->theirs[0] < 0 || files->theirs[1] < 0
      || ftruncate (files->theirs[FERMATA_SCRIPT_WIRE_SHARED_FD], sizeof *self->shared) != 0)
    return FALSE;

  shared = mmap (NULL, sizeof *self->shared, PROT_READ | PROT_WRITE, MAP_SHARED,
                 files->theirs[FERMATA_SCRIPT_WIRE_SHARED_FD], 0);
  if (shared == MAP_FAILED)
    return FALSE;
  self->shared = shared;

  return TRUE;
}

static gboolean
start (FermataScriptWorker  *self,
       FermataLocalShare    *share,
       GMainContext         *context,
       const Files          *files,
       GError              **error)
{
  static const FermataJobListener listener = { job_output, job_ended };
  g_autoptr (FermataFamily) family = NULL;
  g_autofree char *program = fermata_helper_find ("fermata-script-host", "FERMATA_SCRIPT_HOST");
  g_autofree char *memory = g_strdup_printf ("%" G_GUINT64_FORMAT, self->memory);
  const char *argv[] = { program, memory, NULL };
  const FermataJobSpec spec = {
    .argv = argv,
    .environment = host_environment,
    .key = "",
    .attempt = 1,
  };
  FermataLocalProcess *process;
  FermataStarted started;

  family = fermata_family_new (fermata_local_share_get_children_fd (share));
  if (!fermata_start_with_files (&spec, family, files->theirs, &started, error))
    return FALSE;

  process = fermata_local_process_new (share, g_steal_pointer (&family), &started, NULL, 0);
  self->job = fermata_local_job_new (process, context, &listener, self);

  return TRUE;
}

FermataScriptWorker *
fermata_script_worker_new (FermataLocalShare                  *share,
                           GMainContext                       *context,
                           guint64                             memory,
                           const FermataScriptWorkerListener  *listener,
                           gpointer                            user_data,
                           GError                            **error)
{
  g_autoptr (FermataScriptWorker) self = g_new0 (FermataScriptWorker, 1);
  Files files = { { -1, -1 }, -1 };
  gboolean started;

  self->ref_count = 1;
  self->memory = memory;
  self->listener = *listener;
  self->user_data = user_data;
  self->last_words = g_string_new (NULL);
  self->contexts = fermata_script_contexts_new (forget_number, self);

  started = open_files (self, &files);
  if (!started)
    g_set_error (error, FERMATA_EXECUTOR_ERROR, FERMATA_EXECUTOR_ERROR_RESOURCES,
                 "cannot speak to a script host: %s", g_strerror (errno));
  else
    started = start (self, share, context, &files, error);

  close_files (files.theirs, 2);
  if (!started)
    {
      close_files (&files.ours, 1);
      return NULL;
    }
  self->link = fermata_script_link_new (files.ours, context, take_frame, self);

  return g_steal_pointer (&self);
}

/* --- For the pool -------------------------------------------------------- */

guint64
fermata_script_worker_get_memory (FermataScriptWorker *self)
{
  return self->memory;
}

guint
fermata_script_worker_get_n_calls (FermataScriptWorker *self)
{
  return self->calls.length;
}

gboolean
fermata_script_worker_is_fit (FermataScriptWorker *self)
{
  return !self->doomed && !self->worn;
}

gboolean
fermata_script_worker_is_ready (FermataScriptWorker *self)
{
  return self->ready;
}

gboolean
fermata_script_worker_has_room (FermataScriptWorker *self)
{
  return self->calls.length < MAX_CALLS
         && fermata_script_link_get_backlog (self->link) < MAX_BACKLOG;
}

gboolean
fermata_script_worker_knows (FermataScriptWorker *self,
                             FermataPooledCall   *call)
{
  return fermata_script_contexts_has (self->contexts, call->context);
}

static void
send_code (FermataScriptWorker *self,
           guint32              number,
           FermataPooledCall   *call)
{
  FermataScriptFrame frame = { .type = FERMATA_SCRIPT_WIRE_CODE, .context = number };
  gsize length;
  const char *code = fermata_value_get_string (call->code, &length);
  g_autoptr (GString) payload = g_string_sized_new (length + 64);

  g_string_append_len (payload, call->parameters, (gssize) strlen (call->parameters) + 1);
  g_string_append_len (payload, code, (gssize) length);
  fermata_script_link_send (self->link, frame, payload->str, payload->len);
}

gboolean
fermata_script_worker_send (FermataScriptWorker  *self,
                            FermataPooledCall    *call,
                            GError              **error)
{
  FermataScriptFrame frame = { .type = FERMATA_SCRIPT_WIRE_CALL, .epoch = self->epoch };
  g_autofree char *names = NULL;
  gboolean is_new, tagged;
  gsize length;

  names = fermata_js_json_write (call->names, &length, &tagged);
  if (length > self->memory || length > MAX_LENGTH)
    {
      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
                   "What the script is to be given is too large: %" G_GSIZE_FORMAT " bytes of JSON",
                   length);
      return FALSE;
    }

  frame.context = fermata_script_contexts_use (self->contexts, call->context, call->code,
                                               call->parameters, &is_new);
  if (is_new)
    send_code (self, frame.context, call);

  frame.flags = tagged ? FERMATA_SCRIPT_WIRE_TAGGED : 0;
  fermata_script_link_send (self->link, frame, names, length);

  call->worker = self;
  g_queue_push_tail_link (&self->calls, &call->link);

  return TRUE;
}

void
fermata_script_worker_take_back (FermataScriptWorker *self,
                                 GQueue              *waiting)
{
  guint32 begun = fermata_script_shared_take_back (self->shared, ++self->epoch);
  guint n_begun = begun - self->n_answered;

  while (self->calls.length > n_begun)
    {
      GList *link = g_queue_pop_tail_link (&self->calls);

      ((FermataPooledCall *) link->data)->worker = NULL;
      g_queue_push_head_link (waiting, link);
    }
}

void
fermata_script_worker_forget (FermataScriptWorker *self,
                              const char          *prefix)
{
  fermata_script_contexts_forget (self->contexts, prefix);
}

void
fermata_script_worker_kill (FermataScriptWorker *self)
{
  self->doomed = TRUE;
  if (self->job == NULL)
    return;

  /* A script has nothing to put in order: at once */
  fermata_job_terminate (self->job);
  fermata_job_terminate (self->job);
}

void
fermata_script_worker_close (FermataScriptWorker *self)
{
  self->closed = TRUE;
  self->doomed = TRUE;
  g_clear_pointer (&self->link, fermata_script_link_close);
  if (self->job != NULL)
    fermata_script_worker_kill (self);
  g_clear_object (&self->job);
}
