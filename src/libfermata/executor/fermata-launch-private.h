/* fermata-launch-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>
#include <sys/types.h>

G_BEGIN_DECLS

/*
 * Starts a process: what posix_spawn() does, and two things that it does not.
 * It says at which step it failed, and it leaves a mark on the process that
 * all its descendants inherit.
 */

/* What was being done when it failed. */
typedef enum {
  FERMATA_LAUNCH_PROCESS,   /* making a process */
  FERMATA_LAUNCH_SETUP,     /* its group and its files */
  FERMATA_LAUNCH_DIRECTORY, /* going to the directory */
  FERMATA_LAUNCH_PROGRAM,   /* becoming the program */
} FermataLaunchStep;

/* What is to be started: the first of `programs` that can be. The `files`
 * become 0, 1 and 2, and must be above these. For `mark`, see
 * fermata-family-private.h. Nothing is inherited by accident: no other file, no
 * blocked signal, and none that is ignored but those that nohup(1) and shells
 * hand on on purpose. */
typedef struct {
  const char *const *programs;
  const char *const *argv;
  const char *const *environment;
  const char *directory;
  int files[3];
  guint64 mark;
} FermataLaunch;

/* How it went: a process and its pidfd, or where it failed, with which errno,
 * at which of the programs. */
typedef struct {
  pid_t pid;
  int pidfd;
  FermataLaunchStep step;
  int code;
  guint tried;
} FermataLaunched;

gboolean fermata_launch (const FermataLaunch *self,
                         FermataLaunched     *launched);

G_END_DECLS
