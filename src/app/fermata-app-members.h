/* fermata-app-members.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-member.h"

G_BEGIN_DECLS

/* A part of what the inspector shows: members up to one without a title. */
typedef struct {
  const char *title; /* nullable */
  const FermataAppMember *members;
} FermataAppSection;

/* The parts of a subject, up to one without members: a node, an edge, a graph.
 * Where the parameters of a node's type go there is one of the members
 * fermata_app_members_with; its type itself is not among them. */
const FermataAppSection *fermata_app_members_get_sections (gpointer subject);

extern const FermataAppMember fermata_app_members_with[];

G_END_DECLS
