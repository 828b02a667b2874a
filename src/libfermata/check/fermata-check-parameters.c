/* fermata-check-parameters.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "check/fermata-check-similar-private.h"

#define MEMBERS(array) array, G_N_ELEMENTS (array), .is_parameters = TRUE, .is_open = TRUE

/*
 * Node types that a document may name although nothing here describes them
 * yet: such a document is valid, and whoever is to run it says what it cannot.
 */
static const FermataThingMember foreach_members[] = {
  { "items", FERMATA_TYPES (ARRAY), FERMATA_MEMBER_FORM_EXPRESSION,
    .doc = "What the body runs for." },
  { "max-parallel", FERMATA_TYPES (INTEGER), FERMATA_MEMBER_FORM_TEMPLATE, .minimum = 1, .maximum = G_MAXDOUBLE,
    .doc = "How many iterations may run at the same time." },
};

static const FermataThing future_types[] = {
  { "foreach", MEMBERS (foreach_members) },
  { "while", NULL, 0, .is_parameters = TRUE, .is_open = TRUE },
  { "try", NULL, 0, .is_parameters = TRUE, .is_open = TRUE },
};

/* What a type that nobody knows may have. */
static const FermataThing unknown_type = { "", NULL, 0, .is_parameters = TRUE, .is_open = TRUE };

/* The description in the checker's own form. */
static FermataThing *
parameters_new (const FermataNodeDescription *description)
{
  FermataThing *self = g_new0 (FermataThing, 1);
  FermataThingMember *members = g_new0 (FermataThingMember, description->n_parameters);

  for (guint i = 0; i < description->n_parameters; i++)
    {
      const FermataParameter *parameter = &description->parameters[i];

      members[i].name = parameter->name;
      members[i].types = parameter->type == FERMATA_MEMBER_TYPE_ANY ? 0 : (FermataMemberTypes) (1u << parameter->type);
      members[i].form = (guint8) parameter->form;
      members[i].required = parameter->required;
      members[i].choices = parameter->choices;
      members[i].names = fermata_check_names_from_strings (parameter->names);
      members[i].doc = parameter->doc;
      if (parameter->form == FERMATA_MEMBER_FORM_LITERAL && parameter->type == FERMATA_MEMBER_TYPE_STRING)
        members[i].role = FERMATA_ROLE_FOREIGN;
    }

  self->name = description->name;
  self->members = members;
  self->n_members = description->n_parameters;
  self->is_parameters = TRUE;
  fermata_thing_fill (self);

  return self;
}

void
fermata_check_parameters_free (gpointer thing)
{
  FermataThing *self = thing;

  g_free ((gpointer) self->members);
  g_free (self);
}

static const FermataThing *
find_future_type (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (future_types); i++)
    {
      if (g_str_equal (future_types[i].name, name))
        return &future_types[i];
    }

  return NULL;
}

/* NULL if there is no such type. */
static const FermataThing *
find_type (FermataCheck *self,
           const char   *name)
{
  const FermataNodeDescription *description = fermata_node_catalog_find (self->catalog, name);
  FermataThing *thing;

  if (description == NULL)
    return find_future_type (name);

  thing = g_hash_table_lookup (self->types, description);

  if (thing == NULL)
    {
      thing = parameters_new (description);
      g_hash_table_insert (self->types, (gpointer) description, thing);
    }

  return thing;
}

/* The same as find_type(), for the value that names it. A document has very
 * many nodes of very few types: what was found lately is found at once. */
static const FermataThing *
find_type_of_value (FermataCheck *self,
                    FermataValue *type)
{
  const FermataThing **recent;
  const char *name;
  gsize length;

  if (type == NULL || fermata_value_get_kind (type) != FERMATA_VALUE_KIND_STRING)
    return NULL;

  name = fermata_value_get_string (type, &length);
  recent = &self->recent_types[((guint8) name[0] + length) % G_N_ELEMENTS (self->recent_types)];

  if (*recent == NULL || strcmp ((*recent)->name, name) != 0)
    {
      const FermataThing *thing = find_type (self, name);

      if (thing == NULL)
        return NULL;
      *recent = thing;
    }

  return *recent;
}

/* What the members of `with` may be beside this `type`, which may be absent
 * or unknown. */
const FermataThing *
fermata_check_find_parameters (FermataCheck *self,
                               FermataValue *type)
{
  const FermataThing *thing = find_type_of_value (self, type);

  return thing != NULL ? thing : &unknown_type;
}

static void
hint_at_types (FermataCheck *self,
               const char   *name)
{
  FermataCheckSimilar similar;

  fermata_check_similar_init (&similar, self, name);

  for (guint i = 0; i < fermata_node_catalog_get_n_types (self->catalog); i++)
    fermata_check_similar_offer (&similar, fermata_node_catalog_get_nth (self->catalog, i)->name);
  for (guint i = 0; i < G_N_ELEMENTS (future_types); i++)
    fermata_check_similar_offer (&similar, future_types[i].name);

  fermata_check_similar_hint (&similar);
}

/* A node's `type` itself. */
void
fermata_check_type (FermataCheck *self,
                    FermataValue *type)
{
  const char *name;

  if (find_type_of_value (self, type) != NULL)
    return;

  name = fermata_value_get_string (type, NULL);
  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "unknown-type", _("unknown node type “%s”"), name);
  hint_at_types (self, name);
}
