/* fermata-family-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>
#include <sys/resource.h>
#include <sys/types.h>

G_BEGIN_DECLS

/*
 * All processes of one job: the leader, which is the one that was started, and
 * whatever descends from it, in whichever process group or session that is.
 *
 * This process is a subreaper, so a descendant whose parents are gone becomes
 * a child of ours, an orphan. An orphan belongs to a job's family if it has
 * any of these:
 *
 *  - the job's mark, see fermata-mark-private.h;
 *  - the leader's process group;
 *  - the job's name in FERMATA_JOB, a list in its environment, outermost job
 *    first: so if a job is an engine itself, what that leaves behind belongs
 *    to both;
 *  - or it was seen earlier below the leader or another member.
 *
 * Every other child of this process is somebody else's and is left alone.
 *
 * Process numbers are safe to use here for two reasons: a child keeps its
 * number until it is reaped, and all of them are reaped only here, the leader
 * last. What is not a child is signalled by pidfd, once its parent has been
 * checked.
 */
typedef struct _FermataFamily FermataFamily;

FermataFamily *fermata_family_new          (int             children_fd);
void           fermata_family_free         (FermataFamily  *self);

guint64        fermata_family_get_mark     (FermataFamily  *self);
/* FERMATA_JOB=…, for the environment of the leader. */
char          *fermata_family_dup_variable (FermataFamily  *self);
void           fermata_family_set_leader   (FermataFamily  *self,
                                            pid_t           leader);

/* Reaps the orphans that are dead, and looks for more. Returns whether there
 * are none; otherwise @orphan is one that lives, or 0 if that is not known.
 * Without @children_fd nobody is ever found. */
gboolean       fermata_family_sweep        (FermataFamily  *self,
                                            pid_t          *orphan);
/* Tells all members: the leader's group, the orphans, and what is below them
 * and below the leader. Whoever was told the same before is not told again. */
void           fermata_family_signal       (FermataFamily  *self,
                                            int             signal_number);
/* As wait4() does, without waiting. The leader's group must not be signalled
 * after that, so the family has had its time. */
pid_t          fermata_family_reap_leader  (FermataFamily  *self,
                                            int            *status,
                                            struct rusage  *usage);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataFamily, fermata_family_free)

G_END_DECLS
