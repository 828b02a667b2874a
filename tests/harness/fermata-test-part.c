/* fermata-test-part.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "harness/fermata-test-part.h"

#include "harness/fermata-test-script.h"

typedef void (*AddFunc) (FermataRunPart *part,
                         const char     *node);

static void
add_all (FermataRunPart *part,
         FermataValue   *script,
         const char     *name,
         AddFunc         add)
{
  FermataValue *list = fermata_value_get_member (script, name);

  for (gsize i = 0; list != NULL && i < fermata_value_get_length (list); i++)
    add (part, fermata_value_get_string (fermata_value_get_element (list, i), NULL));
}

static FermataGraph *
make_earlier (FermataGraph *graph,
              FermataValue *changes)
{
  g_autoptr (FermataValue) whole = fermata_graph_to_value (graph);
  g_autoptr (FermataValue) value = fermata_value_without_member (whole, "x-test");

  for (gsize i = 0; i < fermata_value_get_length (changes); i++)
    {
      const char *name = fermata_value_get_member_name (changes, i);
      FermataValue *before = value;

      value = fermata_value_with_member (before, name, fermata_value_get_member (changes, name));
      fermata_value_unref (before);
    }

  return fermata_graph_new_from_value (value);
}

static FermataHistory *
make_history (FermataGraph *graph,
              FermataValue *changes)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) earlier = make_earlier (graph, changes);
  g_autoptr (GError) error = NULL;

  fermata_test_bed_play (bed, earlier, &error);
  g_assert_no_error (error);

  return g_object_ref (fermata_run_get_history (bed->run));
}

FermataRunPart *
fermata_test_part_new (FermataGraph *graph,
                       FermataValue *script)
{
  FermataRunPart *part = fermata_run_part_new ();
  FermataValue *pins = fermata_value_get_member (script, "pins");
  FermataValue *earlier = fermata_value_get_member (script, "history");
  g_autoptr (FermataHistory) history = NULL;

  add_all (part, script, "from", fermata_run_part_add_from);
  add_all (part, script, "until", fermata_run_part_add_until);
  add_all (part, script, "only", fermata_run_part_add_only);
  fermata_run_part_set_changed (part, fermata_value_get_member (script, "changed") != NULL);
  for (gsize i = 0; pins != NULL && i < fermata_value_get_length (pins); i++)
    {
      const char *id = fermata_value_get_member_name (pins, i);

      fermata_run_part_add_pin (part, id, fermata_value_get_member (pins, id));
    }
  if (earlier != NULL)
    {
      history = make_history (graph, earlier);
      fermata_run_part_set_history (part, history);
    }

  return part;
}
