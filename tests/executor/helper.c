/* helper.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * The programs that the tests of the executor run, by their first argument.
 * Those that are made to be ended wait for a signal, for ever; no time passes
 * in any of them.
 */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define N(array) ((int) (sizeof (array) / sizeof *(array)))

static const char *self;

/* At once and whole, so that readers in a hurry see it all. */
static void
say (const char *text)
{
  if (write (1, text, strlen (text)) < 0)
    _exit (99);
}

static void
say_pid (pid_t pid)
{
  char text[32];

  snprintf (text, sizeof text, "%d\n", (int) pid);
  say (text);
}

static void
wait_for_ever (void)
{
  for (;;)
    pause ();
}

/* --- What a process is given ---------------------------------------------- */

static int
show_arguments (char **arguments)
{
  for (; *arguments; arguments++)
    printf ("[%s]\n", *arguments);
  return 0;
}

static int
show_environment (char **arguments)
{
  for (; *arguments; arguments++)
    {
      const char *value = getenv (*arguments);

      printf ("%s=%s\n", *arguments, value ? value : "(unset)");
    }
  return 0;
}

static int
show_directory (char **arguments)
{
  char text[4096];

  printf ("%s\n", getcwd (text, sizeof text));
  return 0;
}

static int
show_files (char **arguments)
{
  for (int fd = 0; fd < 1000; fd++)
    {
      if (fcntl (fd, F_GETFD) >= 0)
        printf ("%d\n", fd);
    }
  return 0;
}

static int
show_signals (char **arguments)
{
  sigset_t blocked;
  struct sigaction action;

  sigprocmask (SIG_SETMASK, NULL, &blocked);
  for (int i = 1; i < 32; i++)
    {
      sigaction (i, NULL, &action);
      if (action.sa_handler == SIG_IGN)
        printf ("ignored %s\n", sigabbrev_np (i));
      if (sigismember (&blocked, i))
        printf ("blocked %s\n", sigabbrev_np (i));
    }
  printf ("leader %d\n", getpgrp () == getpid ());
  return 0;
}

/* --- Pipes ---------------------------------------------------------------- */

/* N bytes on the output and as many on the error, in turn. */
static int
print_bytes (char **arguments)
{
  long n = atol (arguments[0]);
  char out[8192], err[8192];

  memset (out, 'o', sizeof out);
  memset (err, 'e', sizeof err);

  while (n > 0)
    {
      long piece = n < N (out) ? n : N (out);

      if (write (1, out, piece) != piece || write (2, err, piece) != piece)
        return 98;
      n -= piece;
    }
  return 0;
}

static int
print_for_ever (char **arguments)
{
  while (print_bytes (arguments) == 0)
    continue;
  return 1;
}

/* Reads all and tells how much that was, and a sum of it. */
static int
count_input (char **arguments)
{
  unsigned long length = 0, sum = 0;
  unsigned char text[65536];
  ssize_t n;

  while ((n = read (0, text, sizeof text)) > 0)
    {
      for (ssize_t i = 0; i < n; i++)
        sum = sum * 31 + text[i];
      length += n;
    }
  printf ("%lu %lu\n", length, sum);
  return n < 0;
}

static int
close_input (char **arguments)
{
  close (0);
  say ("closed\n");
  return 0;
}

/* Closes what it could write to, and lives until its input ends. */
static int
close_output (char **arguments)
{
  char text[4096];

  say ("last words\n");
  close (1);
  close (2);
  while (read (0, text, sizeof text) > 0)
    continue;
  return 7;
}

/* --- Ends ----------------------------------------------------------------- */

static int
exit_with (char **arguments)
{
  return atoi (arguments[0]);
}

static int
die (char **arguments)
{
  struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
  signal (atoi (arguments[0]), SIG_DFL);
  raise (atoi (arguments[0]));
  return 97;
}

static int
wait_to_be_ended (char **arguments)
{
  say ("ready\n");
  wait_for_ever ();
  return 0;
}

/* The same, without a word. */
static int
linger (char **arguments)
{
  wait_for_ever ();
  return 0;
}

static int
ignore_term (char **arguments)
{
  signal (SIGTERM, SIG_IGN);
  return wait_to_be_ended (arguments);
}

/* Is stopped, so that it can do nothing about a signal. */
static int
stop (char **arguments)
{
  say ("ready\n");
  raise (SIGSTOP);
  return wait_to_be_ended (arguments);
}

static void
say_goodbye (int signal_number)
{
  say ("goodbye\n");
  _exit (3);
}

static int
handle_term (char **arguments)
{
  signal (SIGTERM, say_goodbye);
  return wait_to_be_ended (arguments);
}

/* Leaves the group that it leads, for its parent's. */
static int
leave_group (char **arguments)
{
  setpgid (0, getpgid (getppid ()));
  return wait_to_be_ended (arguments);
}

static int
burn (char **arguments)
{
  while (clock () < CLOCKS_PER_SEC / 20)
    {
      for (volatile int i = 0; i < 1000000; i++)
        continue;
    }
  return 0;
}

static int
use_memory (char **arguments)
{
  size_t length = atol (arguments[0]);
  char *memory = malloc (length);

  for (size_t i = 0; i < length; i += 512)
    memory[i] = 1;
  return memory[length / 2] != 0;
}

/* --- What is left behind -------------------------------------------------- */

/* Runs this program anew, so that its environment is the one given. */
static void
become (const char *what,
        int         keep_environment)
{
  char *arguments[] = { (char *) self, (char *) what, NULL };
  char *nothing[] = { NULL };

  execve (self, arguments, keep_environment ? environ : nothing);
  _exit (96);
}

static void
forget_mark (void)
{
  struct rlimit limit;

  getrlimit (RLIMIT_LOCKS, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_LOCKS, &limit);
}

/* What a child does to get away before it tells its pid and waits to be ended. */
enum { OWN_SESSION = 1, NO_MARK = 2, NO_ENVIRONMENT = 4, DEAF = 8, TWICE = 16 };

static void
get_away (int how)
{
  if (how & OWN_SESSION)
    setsid ();
  if ((how & TWICE) && fork () > 0)
    _exit (0);
  if (how & NO_MARK)
    forget_mark ();
  if (how & DEAF)
    signal (SIGTERM, SIG_IGN);
  say_pid (getpid ());
  become ("linger", !(how & NO_ENVIRONMENT));
}

/* Returns when it has got away. */
static void
leave_behind (int how)
{
  int on_its_way[2];
  pid_t child;
  char byte;

  if (pipe2 (on_its_way, O_CLOEXEC) != 0)
    _exit (94);
  child = fork ();
  if (child == 0)
    get_away (how);

  close (on_its_way[1]);
  if (read (on_its_way[0], &byte, 1) != 0)
    _exit (93);
  close (on_its_way[0]);
  if (how & TWICE)
    waitpid (child, NULL, 0);
}

static int
leave (char **arguments)
{
  for (; *arguments; arguments++)
    leave_behind (atoi (*arguments));
  return 0;
}

/* Ends only when all that it leaves behind is on its way. */
static int
leave_and_wait (char **arguments)
{
  for (; *arguments; arguments++)
    leave_behind (atoi (*arguments));
  wait_for_ever ();
  return 0;
}

/* Like an engine that was started by a job: gives its processes other names
 * and marks, and does not live to end them. */
static int
leave_inner_job (char **arguments)
{
  const char *outer = getenv ("FERMATA_JOB");
  char both[200];

  snprintf (both, sizeof both, "%s:inner", outer ? outer : "(unset)");
  setenv ("FERMATA_JOB", both, 1);
  setenv ("FERMATA_KEY", "inner/0/node", 1);
  leave_behind (OWN_SESSION | NO_MARK | TWICE);
  return 0;
}

/* Leaves one that has died already, and nobody has reaped. */
static int
leave_dead (char **arguments)
{
  pid_t child = fork ();
  siginfo_t info;

  if (child == 0)
    {
      setsid ();
      _exit (0);
    }

  say_pid (child);
  return waitid (P_PID, child, &info, WEXITED | WNOWAIT) != 0;
}

static void
wait_for_end_of_file (int fd)
{
  char byte;

  while (read (fd, &byte, 1) > 0)
    continue;
}

/* A family tree, each generation in a session of its own, all living. */
static int
leave_generations (char **arguments)
{
  int all_there[2];

  if (pipe2 (all_there, O_CLOEXEC) != 0)
    return 94;
  if (fork () > 0)
    {
      close (all_there[1]);
      wait_for_end_of_file (all_there[0]);
      return 0;
    }

  for (int n = atoi (arguments[0]); n > 0; n--)
    {
      setsid ();
      say_pid (getpid ());
      if (n > 1 && fork () > 0)
        become ("linger", 1);
    }
  become ("linger", 1);
  return 96;
}

static void
replace_myself (int signal_number)
{
  if (fork () > 0)
    _exit (0);
  setsid ();
  signal (SIGTERM, SIG_IGN);
  say_pid (getpid ());
}

/* Leaves one that answers SIGTERM with another that ignores it. */
static int
leave_hydra (char **arguments)
{
  int ready[2];

  if (pipe2 (ready, O_CLOEXEC) != 0)
    return 94;
  if (fork () > 0)
    {
      close (ready[1]);
      wait_for_end_of_file (ready[0]);
      return 0;
    }

  setsid ();
  signal (SIGTERM, replace_myself);
  say_pid (getpid ());
  close (ready[1]);
  wait_for_ever ();
  return 0;
}

static const struct {
  const char *name;
  int (*run) (char **arguments);
} programs[] = {
  { "arguments", show_arguments },
  { "environment", show_environment },
  { "directory", show_directory },
  { "files", show_files },
  { "signals", show_signals },
  { "print", print_bytes },
  { "print-for-ever", print_for_ever },
  { "count", count_input },
  { "close-input", close_input },
  { "close-output", close_output },
  { "exit", exit_with },
  { "die", die },
  { "wait", wait_to_be_ended },
  { "linger", linger },
  { "ignore-term", ignore_term },
  { "handle-term", handle_term },
  { "leave-group", leave_group },
  { "stop", stop },
  { "burn", burn },
  { "memory", use_memory },
  { "leave", leave },
  { "leave-and-wait", leave_and_wait },
  { "leave-inner-job", leave_inner_job },
  { "leave-dead", leave_dead },
  { "leave-generations", leave_generations },
  { "leave-hydra", leave_hydra },
};

int
main (int   argc,
      char *argv[])
{
  char path[4096];
  ssize_t length = readlink ("/proc/self/exe", path, sizeof path - 1);

  path[length > 0 ? length : 0] = '\0';
  self = path;

  for (int i = 0; argc > 1 && i < N (programs); i++)
    {
      if (strcmp (argv[1], programs[i].name) == 0)
        return programs[i].run (argv + 2);
    }
  return 95;
}
