/* fermata-proc.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-proc-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH_SIZE 64

static int
open_file (const char *path)
{
  return open (path, O_RDONLY | O_CLOEXEC);
}

/* The @n-th field, counted as in proc(5); @fields begin after the second. */
static guint64
get_field (const char *fields,
           guint       n)
{
  for (guint i = 2; i < n && fields != NULL; i++)
    fields = strchr (fields + 1, ' ');

  return fields ? g_ascii_strtoull (fields, NULL, 10) : 0;
}

/* @fields: those of @text from the second on, which is in parentheses, and may
 * hold some. */
static gboolean
read_fields (pid_t        pid,
             char        *text,
             gsize        size,
             const char **fields)
{
  char path[PATH_SIZE];
  gssize length;
  int fd;

  g_snprintf (path, sizeof path, "/proc/%d/stat", (int) pid);
  fd = open_file (path);
  if (fd < 0)
    return FALSE;
  length = read (fd, text, size - 1);
  close (fd);

  text[MAX (length, 0)] = '\0';
  *fields = strrchr (text, ')');

  return *fields != NULL;
}

gboolean
fermata_proc_read_stat (pid_t            pid,
                        FermataProcStat *stat)
{
  char text[1024];
  const char *fields;

  if (!read_fields (pid, text, sizeof text, &fields))
    return FALSE;

  stat->parent = get_field (fields, 4);
  stat->group = get_field (fields, 5);
  stat->start_time = get_field (fields, 22);

  return TRUE;
}

/* Whether its environment is not there yet, since it is just becoming another
 * program; or was not, a moment ago. */
static gboolean
is_becoming (pid_t pid)
{
  char text[1024];
  const char *fields;

  if (!read_fields (pid, text, sizeof text, &fields) || g_str_has_prefix (fields, ") Z"))
    return FALSE;

  return get_field (fields, 51) == 0 || get_field (fields, 50) != get_field (fields, 51);
}

static gboolean
list_holds (const char *list,
            const char *item)
{
  gsize length = strlen (item);

  for (;;)
    {
      gsize n = strcspn (list, ":");

      if (n == length && memcmp (list, item, n) == 0)
        return TRUE;
      if (list[n] == '\0')
        return FALSE;
      list += n + 1;
    }
}

FermataProcAnswer
fermata_proc_environment_lists (pid_t       pid,
                                const char *name,
                                const char *item)
{
  g_autofree char *text = NULL;
  char path[PATH_SIZE];
  gsize length, name_length = strlen (name);

  g_snprintf (path, sizeof path, "/proc/%d/environ", (int) pid);
  if (!g_file_get_contents (path, &text, &length, NULL))
    return FERMATA_PROC_NO;

  if (length == 0 && is_becoming (pid))
    return FERMATA_PROC_NOT_YET;

  /* GLib adds a NUL at the end, should the process have left none. */
  for (const char *entry = text; entry < text + length; entry += strlen (entry) + 1)
    {
      if (strncmp (entry, name, name_length) == 0 && entry[name_length] == '=' &&
          list_holds (entry + name_length + 1, item))
        return FERMATA_PROC_YES;
    }

  return FERMATA_PROC_NO;
}

static int
open_children (pid_t pid,
               pid_t thread)
{
  char path[PATH_SIZE];

  g_snprintf (path, sizeof path, "/proc/%d/task/%d/children", (int) pid, (int) thread);

  return open_file (path);
}

int
fermata_proc_open_children (void)
{
  return open_children (getpid (), getpid ());
}

/* Adds the digits at @text to the number in @pid, which the piece before may
 * have begun; each number that a space ends is a process. */
static void
parse_children (const char *text,
                gsize       length,
                pid_t      *pid,
                GArray     *children)
{
  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_isdigit (text[i]))
        {
          *pid = *pid * 10 + (text[i] - '0');
        }
      else if (*pid > 0)
        {
          g_array_append_val (children, *pid);
          *pid = 0;
        }
    }
}

void
fermata_proc_read_children (int     fd,
                            GArray *children)
{
  char text[4096];
  off_t offset = 0;
  pid_t pid = 0;
  gssize length;

  while ((length = pread (fd, text, sizeof text, offset)) > 0 ||
         (length < 0 && errno == EINTR))
    {
      parse_children (text, MAX (length, 0), &pid, children);
      offset += MAX (length, 0);
    }
}

void
fermata_proc_children_of_process (pid_t   pid,
                                  GArray *children)
{
  g_autoptr (GDir) threads = NULL;
  char path[PATH_SIZE];
  const char *name;

  g_snprintf (path, sizeof path, "/proc/%d/task", (int) pid);
  threads = g_dir_open (path, 0, NULL);

  while (threads != NULL && (name = g_dir_read_name (threads)) != NULL)
    {
      int fd = open_children (pid, atoi (name));

      if (fd < 0)
        continue;
      fermata_proc_read_children (fd, children);
      close (fd);
    }
}
