/* fermata-check-bodies.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Tasks that run a graph: whether they have one, and what they give it. */

#include "check/fermata-check-rules-private.h"

#include <glib/gi18n-lib.h>

#include "check/fermata-check-similar-private.h"

static FermataValue *
get_object (FermataValue *object,
            const char   *name)
{
  FermataValue *member = object == NULL ? NULL : fermata_value_get_member (object, name);

  return member != NULL && fermata_value_get_kind (member) == FERMATA_VALUE_KIND_OBJECT ? member : NULL;
}

/* @graph is where the graph is: “body”, or a file. */
static void
check_given (FermataCheck *self,
             FermataValue *declared,
             FermataValue *given,
             const char   *graph)
{
  gsize n = given == NULL ? 0 : fermata_value_get_length (given);

  fermata_check_step_into (self, "with");
  fermata_check_step_into (self, "inputs");
  for (gsize i = 0; i < n; i++)
    {
      const char *name = fermata_value_get_member_name (given, i);
      FermataCheckSimilar similar;

      if (declared != NULL && fermata_value_find_member (declared, name, NULL))
        continue;

      fermata_check_step_into (self, name);
      fermata_check_report (self, FERMATA_SEVERITY_ERROR, "unknown-input",
                            _("“%s” is not an input of the graph in “%s”"), name, graph);
      fermata_check_similar_init (&similar, self, name);
      if (declared != NULL)
        fermata_check_similar_offer_members (&similar, declared);
      fermata_check_similar_hint (&similar);
      fermata_check_point_at_name (self);
      fermata_check_step_out (self);
    }
  fermata_check_step_out (self);
  fermata_check_step_out (self);
}

static void
check_missing (FermataCheck *self,
               FermataValue *declared,
               FermataValue *given,
               const char   *graph)
{
  gsize n = declared == NULL ? 0 : fermata_value_get_length (declared);

  for (gsize i = 0; i < n; i++)
    {
      const char *name = fermata_value_get_member_name (declared, i);
      FermataValue *input = fermata_value_get_element (declared, i);

      if (fermata_value_get_kind (input) != FERMATA_VALUE_KIND_OBJECT
          || fermata_value_find_member (input, "default", NULL)
          || (given != NULL && fermata_value_find_member (given, name, NULL)))
        continue;

      fermata_check_report (self, FERMATA_SEVERITY_ERROR, "missing-input",
                            _("the input “%s” of the graph in “%s” has no default, and is not given"), name, graph);
      fermata_check_add_hint (self, _("give it in “with.inputs”"));
    }
}

/* What is made only when it runs is looked at then. */
static void
check_inputs (FermataCheck *self,
              FermataValue *task,
              FermataValue *declared,
              const char   *graph)
{
  FermataValue *with = get_object (task, "with");
  FermataValue *inputs = with == NULL ? NULL : fermata_value_get_member (with, "inputs");

  if (inputs != NULL && fermata_value_get_kind (inputs) != FERMATA_VALUE_KIND_OBJECT)
    return;

  check_given (self, declared, inputs, graph);
  check_missing (self, declared, inputs, graph);
}

static void
check_without (FermataCheck *self,
               const char   *type)
{
  fermata_check_step_into (self, "body");
  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-body", _("“%s” runs no graph, and has no “body”"), type);
  fermata_check_point_at_name (self);
  fermata_check_step_out (self);
}

/* The parameters of a task whose graph is in a file; NULL of others. */
static FermataValue *
get_parameters_with_file (FermataValue                 *task,
                          const FermataNodeDescription *description)
{
  FermataValue *with = get_object (task, "with");

  return with != NULL && g_str_equal (description->name, "subgraph")
         && fermata_value_find_member (with, "file", NULL) ? with : NULL;
}

static void
check_in_file (FermataCheck *self,
               FermataValue *task,
               FermataValue *with)
{
  FermataGraph *graph = fermata_check_file (self, with);
  FermataValue *inputs = graph == NULL ? NULL : fermata_graph_get_member (graph, "inputs");

  if (graph != NULL && (inputs == NULL || fermata_value_get_kind (inputs) == FERMATA_VALUE_KIND_OBJECT))
    check_inputs (self, task, inputs, fermata_value_get_string (fermata_value_get_member (with, "file"), NULL));
}

/* @task is a node, or a task of a state; @type its type, known or not, @inputs what
 * its body declares (nullable). */
void
fermata_check_body (FermataCheck *self,
                    FermataValue *task,
                    FermataValue *type,
                    FermataValue *inputs)
{
  const FermataNodeDescription *description;
  FermataValue *with;
  gboolean has_body = fermata_value_find_member (task, "body", NULL);

  if (fermata_value_get_kind (type) != FERMATA_VALUE_KIND_STRING)
    return;
  description = fermata_node_catalog_find (self->catalog, fermata_value_get_string (type, NULL));
  if (description == NULL)
    return;

  with = get_parameters_with_file (task, description);
  if (description->body_rule == FERMATA_BODY_RULE_NONE && has_body)
    check_without (self, description->name);
  else if (with != NULL && has_body)
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-body",
                          _("it has a “file” and a “body”: only one of them can be run"));
  else if (with != NULL)
    check_in_file (self, task, with);
  else if (description->body_rule != FERMATA_BODY_RULE_NONE && !has_body)
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-body",
                          _("“%s” runs the graph in its member “body”, which is missing"), description->name);
  else if (description->body_rule != FERMATA_BODY_RULE_NONE)
    check_inputs (self, task, inputs, "body");
}
