/* bench-scripts.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * What a call of a script costs: through the pool to a warm context of another
 * process and back, one at a time and many on their way, beside the least that
 * C can do: as many bytes through a socket pair to a process that sends them
 * back. The rounds alternate, so that whatever else goes on in the machine meets
 * all of them alike; compare within a round.
 */

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "executor/fermata-local-script-pool.h"
#include "value/fermata-value-builder.h"

#define N_CALLS 20000
#define WINDOW 64
#define N_ROUNDS 7

/* Frame and JSON of a call, and of its answer. */
#define MESSAGE 32

/* --- The bare loop -------------------------------------------------------- */

typedef struct {
  int fd;
  pid_t pid;
} Bare;

static void
bare_echo (int fd)
{
  char data[WINDOW * MESSAGE];
  gssize n;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  while ((n = read (fd, data, sizeof data)) > 0)
    {
      if (write (fd, data, (gsize) n) != n)
        break;
    }
  _exit (0);
}

static void
bare_begin (Bare *self)
{
  int pair[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    g_error ("no socket pair");
  self->pid = fork ();
  if (self->pid == 0)
    {
      close (pair[0]);
      bare_echo (pair[1]);
    }
  close (pair[1]);
  self->fd = pair[0];
}

static void
bare_end (Bare *self)
{
  close (self->fd);
  waitpid (self->pid, NULL, 0);
}

static void
bare_send (Bare  *self,
           guint  n)
{
  static const char data[WINDOW * MESSAGE];

  if (write (self->fd, data, n * MESSAGE) != (gssize) (n * MESSAGE))
    g_error ("cannot write");
}

/* As many as came are sent again. */
static void
bare_run (Bare  *self,
          guint  window)
{
  char data[WINDOW * MESSAGE];
  guint n_sent = window;
  gsize received = 0;

  bare_send (self, window);
  while (received < (gsize) N_CALLS * MESSAGE)
    {
      gssize n = read (self->fd, data, sizeof data);
      guint more;

      if (n <= 0)
        g_error ("cannot read");
      received += (gsize) n;
      more = MIN (MIN ((guint) (received / MESSAGE) + window - n_sent, N_CALLS - n_sent), WINDOW);
      if (more > 0)
        bare_send (self, more);
      n_sent += more;
    }
}

/* --- The pool ------------------------------------------------------------- */

typedef struct {
  FermataScriptPool *pool;
  FermataValue *code;
  guint n_sent;
  guint n_done;
  gint64 sum;
} Scripts;

static void send_call (Scripts *self);

static void
call_done (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Scripts *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = NULL;

  value = fermata_script_pool_call_finish (self->pool, result, NULL, &error);
  if (value == NULL)
    g_error ("%s", error->message);
  self->sum += fermata_value_get_integer (value);
  self->n_done++;
  if (self->n_sent < N_CALLS)
    send_call (self);
}

static void
send_call (Scripts *self)
{
  static const char *const parameters[] = { "input", NULL };
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) names = NULL;
  FermataScriptCall call = {
    .context = "run/node",
    .code = self->code,
    .parameters = parameters,
    .memory = 256 * 1024 * 1024,
  };

  fermata_value_builder_set_integer (builder, "input", self->n_sent++);
  names = fermata_value_builder_end (builder);
  call.names = names;
  fermata_script_pool_call_async (self->pool, &call, NULL, call_done, self);
}

static void
scripts_run (Scripts *self,
             guint    window)
{
  self->n_sent = self->n_done = 0;
  self->sum = 0;
  for (guint i = 0; i < window; i++)
    send_call (self);
  while (self->n_done < N_CALLS)
    g_main_context_iteration (NULL, TRUE);

  if (self->sum != (gint64) N_CALLS * (N_CALLS + 1) / 2)
    g_error ("the sum is wrong");
}

/* --- Rounds --------------------------------------------------------------- */

typedef enum {
  BARE_ALONE,
  BARE_PIPELINED,
  SCRIPT_ALONE,
  SCRIPT_PIPELINED,
  N_WAYS
} Way;

static const char *const names[N_WAYS] = {
  "bare, one at a time", "bare, pipelined", "script, one at a time", "script, pipelined",
};

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (const double *values)
{
  double sorted[N_ROUNDS];

  memcpy (sorted, values, sizeof sorted);
  qsort (sorted, N_ROUNDS, sizeof *sorted, compare);

  return sorted[N_ROUNDS / 2];
}

static void
run_way (Way      way,
         Bare    *bare,
         Scripts *scripts)
{
  switch (way)
    {
    case BARE_ALONE:
      bare_run (bare, 1);
      break;
    case BARE_PIPELINED:
      bare_run (bare, WINDOW);
      break;
    case SCRIPT_ALONE:
      scripts_run (scripts, 1);
      break;
    case SCRIPT_PIPELINED:
      scripts_run (scripts, WINDOW);
      break;
    case N_WAYS:
    default:
      g_assert_not_reached ();
    }
}

static void
print_results (double times[N_WAYS][N_ROUNDS])
{
  for (guint way = 0; way < N_WAYS; way++)
    {
      double ratios[N_ROUNDS];
      double time = median (times[way]);

      for (guint i = 0; i < N_ROUNDS; i++)
        ratios[i] = times[way][i] / times[way % 2][i];
      g_print ("%-22s %7.2f µs a call, %9.0f a second, %5.2f times bare\n",
               names[way], time, 1e6 / time, median (ratios));
    }
}

int
main (void)
{
  Bare bare;
  Scripts scripts = { 0 };
  double times[N_WAYS][N_ROUNDS];

  setlocale (LC_ALL, "");
  g_setenv ("FERMATA_SCRIPT_HOST", FERMATA_SCRIPT_HOST, FALSE);

  /* One process: what a call costs, not how many there can be */
  bare_begin (&bare);
  scripts.pool = FERMATA_SCRIPT_POOL (fermata_local_script_pool_new (1));
  scripts.code = fermata_value_new_string ("return input + 1", -1);
  scripts_run (&scripts, WINDOW);

  for (guint i = 0; i < N_ROUNDS; i++)
    for (guint way = 0; way < N_WAYS; way++)
      {
        gint64 begin = g_get_monotonic_time ();

        run_way (way, &bare, &scripts);
        times[way][i] = (double) (g_get_monotonic_time () - begin) / N_CALLS;
      }

  g_print ("%d calls a round, %d on their way when pipelined, medians of %d rounds\n\n",
           N_CALLS, WINDOW, N_ROUNDS);
  print_results (times);

  g_object_unref (scripts.pool);
  fermata_value_unref (scripts.code);
  bare_end (&bare);

  return 0;
}
