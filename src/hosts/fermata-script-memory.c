/* fermata-script-memory.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-script-memory-private.h"

#include <errno.h>
#include <fcntl.h>
#include <jsc/jsc.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

/*
 * The kernel counts what is mapped private and writable (VmData) and refuses
 * more than RLIMIT_DATA. JavaScriptCore reserves a few GB when it begins, so the
 * limit is set once that is done, on top of what there is by then. What cannot
 * be had is an exception in some places and the end of the process in others.
 *
 * What it takes of those reserves (for the shapes of objects, and for compiled
 * code) is not refused. Therefore, as long as a script uses the processor, what
 * is really in use is looked at as well.
 */
static guint64 limit_in_force;
static FermataScriptShared *told;
static int statm_fd = -1;
static guint64 data_before;
static guint64 resident_before;
static guint64 page_size;

/* How often, in µs of processor time. */
#define LOOK_EVERY 10000

/* What of the numbers of /proc/self/statm is asked for. */
typedef enum {
  RESIDENT = 1,
  DATA = 5,
} Which;

/* AddressSanitizer takes many times what is asked for, and keeps what is freed:
 * a host that has it in it has no limit. */
#ifdef __SANITIZE_ADDRESS__
#define HAS_LIMIT FALSE
#else
#define HAS_LIMIT TRUE
#endif

void
fermata_script_memory_prepare (guint64 limit)
{
  /* The collector takes this for all the memory there is, and collects the
   * sooner. */
  jsc_options_set_size ("forceRAMSize", limit);
}

/* In bytes; 0 if it cannot be read. Calls only what may be called in a handler
 * of signals. */
static guint64
read_size (Which which)
{
  char text[256];
  gssize n = pread (statm_fd, text, sizeof text, 0);
  guint64 pages = 0;
  int word = 0;

  for (gssize i = 0; i < n && word <= (int) which; i++)
    {
      if (text[i] == ' ')
        word++;
      else if (word == (int) which && g_ascii_isdigit (text[i]))
        pages = pages * 10 + (guint64) (text[i] - '0');
    }

  return pages * page_size;
}

static void
tell (void)
{
  __atomic_store_n (&told->out_of_memory, 1, __ATOMIC_SEQ_CST);
}

/* Half of the limit is what the largest request can have asked for in vain. */
static void
crashed (int number)
{
  struct sigaction standard = { .sa_handler = SIG_DFL };

  if (mmap (NULL, limit_in_force / 2, PROT_READ | PROT_WRITE,
            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) == MAP_FAILED)
    tell ();
  sigaction (number, &standard, NULL);
  raise (number);
}

static void
look (int number)
{
  int code = errno;

  if (read_size (RESIDENT) > resident_before + limit_in_force + limit_in_force / 8)
    {
      tell ();
      _exit (1);
    }
  errno = code;
}

static void
watch_crashes (void)
{
  static const int numbers[] = { SIGABRT, SIGBUS, SIGILL, SIGSEGV, SIGTRAP };
  struct sigaction action = { .sa_handler = crashed, .sa_flags = SA_RESETHAND | SA_NODEFER };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    sigaction (numbers[i], &action, NULL);
}

static gboolean
watch_use (void)
{
  const struct itimerval often = { { 0, LOOK_EVERY }, { 0, LOOK_EVERY } };
  struct sigaction action = { .sa_handler = look, .sa_flags = SA_RESTART };

  return sigaction (SIGPROF, &action, NULL) == 0 && setitimer (ITIMER_PROF, &often, NULL) == 0;
}

/* fermata_script_memory_limit:
 *
 * Returns: FALSE with errno
 */
gboolean
fermata_script_memory_limit (guint64              limit,
                             FermataScriptShared *shared)
{
  const struct rlimit no_core = { 0, 0 };
  struct rlimit data;

  if (!HAS_LIMIT)
    return TRUE;

  limit_in_force = limit;
  told = shared;
  page_size = (guint64) sysconf (_SC_PAGESIZE);
  statm_fd = open ("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  data_before = read_size (DATA);
  resident_before = read_size (RESIDENT);
  if (data_before == 0)
    return FALSE;

  /* A core of what is reserved would be of many GB. */
  setrlimit (RLIMIT_CORE, &no_core);
  watch_crashes ();
  if (!watch_use () || getrlimit (RLIMIT_DATA, &data) != 0)
    return FALSE;
  data.rlim_cur = MIN (data_before + limit, data.rlim_max);

  return setrlimit (RLIMIT_DATA, &data) == 0;
}

gboolean
fermata_script_memory_is_worn (void)
{
  return HAS_LIMIT && read_size (DATA) > data_before + limit_in_force / 2;
}
