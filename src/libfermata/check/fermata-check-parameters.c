/* fermata-check-parameters.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "check/fermata-check-similar-private.h"

/* What is more to parameters of types that run bodies than their types say. */
static const struct {
  FermataBodyRule rule;
  const char *name;
  guint8 role;
  guint8 thing;
} meanings[] = {
  { FERMATA_BODY_RULE_TRY, "kinds", FERMATA_ROLE_ERROR_KIND, 0 },
  { FERMATA_BODY_RULE_TIMEOUT, "budget", FERMATA_ROLE_THING, FERMATA_THING_BUDGET },
};

/* What a type that nobody knows may have. */
static const FermataThing unknown_type = { "", NULL, 0, .is_parameters = TRUE, .is_open = TRUE };

static void
add_meaning (FermataThingMember           *member,
             const FermataNodeDescription *description)
{
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      if (description->body_rule != meanings[i].rule || strcmp (member->name, meanings[i].name) != 0)
        continue;
      member->role = meanings[i].role;
      member->thing = meanings[i].thing;
    }

  /* How many rounds there will be, nobody knows. */
  if ((member->names & FERMATA_NAME_ITERATION) != 0 && description->body_rule != FERMATA_BODY_RULE_WHILE)
    member->names |= FERMATA_NAME_COUNT;
}

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
      members[i].minimum = parameter->minimum;
      members[i].maximum = parameter->maximum;
      members[i].doc = parameter->doc;
      if (parameter->form == FERMATA_MEMBER_FORM_LITERAL && parameter->type == FERMATA_MEMBER_TYPE_STRING)
        members[i].role = FERMATA_ROLE_FOREIGN;
      add_meaning (&members[i], description);
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

/* NULL if there is no such type. */
static const FermataThing *
find_type (FermataCheck *self,
           const char   *name)
{
  const FermataNodeDescription *description = fermata_node_catalog_find (self->catalog, name);
  FermataThing *thing;

  if (description == NULL)
    return NULL;

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

FermataBodyRule
fermata_check_rule_of_type (FermataCheck *self,
                            FermataValue *type)
{
  const FermataNodeDescription *description;

  if (type == NULL || fermata_value_get_kind (type) != FERMATA_VALUE_KIND_STRING)
    return FERMATA_BODY_RULE_NONE;

  description = fermata_node_catalog_find (self->catalog, fermata_value_get_string (type, NULL));

  return description == NULL ? FERMATA_BODY_RULE_NONE : description->body_rule;
}

static void
hint_at_types (FermataCheck *self,
               const char   *name)
{
  FermataCheckSimilar similar;

  fermata_check_similar_init (&similar, self, name);

  for (guint i = 0; i < fermata_node_catalog_get_n_types (self->catalog); i++)
    fermata_check_similar_offer (&similar, fermata_node_catalog_get_nth (self->catalog, i)->name);

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
