/* checksum.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * A module with one type of node. Build it, and use it:
 *
 *     cc -shared -fPIC -o checksum.so checksum.c $(pkg-config --cflags --libs fermata-1)
 *     fermata types checksum --module ./checksum.so
 *     fermata run GRAPH --module ./checksum.so
 */

#include <fermata.h>

typedef FermataNodeType ExampleChecksum;
typedef FermataNodeTypeClass ExampleChecksumClass;

static GType example_checksum_get_type (void);

G_DEFINE_TYPE (ExampleChecksum, example_checksum, FERMATA_TYPE_NODE_TYPE)

static const struct {
  const char *name;
  GChecksumType type;
} algorithms[] = {
  { "md5", G_CHECKSUM_MD5 }, { "sha1", G_CHECKSUM_SHA1 },
  { "sha256", G_CHECKSUM_SHA256 }, { "sha512", G_CHECKSUM_SHA512 },
};

static const char *const names[] = { "md5", "sha1", "sha256", "sha512", NULL };

static const FermataParameter parameters[] = {
  {
    .name = "text",
    .type = FERMATA_MEMBER_TYPE_STRING,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .required = TRUE,
    .doc = "The text.",
  },
  {
    .name = "algorithm",
    .type = FERMATA_MEMBER_TYPE_CHOICE,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .choices = names,
    .default_json = "\"sha256\"",
    .doc = "How it is computed.",
  },
};

static const FermataNodeDescription description = {
  .name = "checksum",
  .title = "Checksum",
  .category = "Data",
  .icon_name = "dialog-password-symbolic",
  .doc = "Computes the checksum of a text.",
  .output_doc = "The checksum, in hexadecimal digits.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
};

static const FermataNodeDescription *
example_checksum_describe (FermataNodeType *type)
{
  return &description;
}

/* A parameter, which must be text: what a template gives may be anything. */
static char *
dup_text (FermataComputation  *computation,
          const char          *name,
          GError             **error)
{
  g_autoptr (FermataValue) value = fermata_computation_get_parameter (computation, name, error);

  if (value == NULL && (error == NULL || *error != NULL))
    return NULL;
  if (value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
    return g_strdup (fermata_value_get_string (value, NULL));

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION, "%s must be text", name);

  return NULL;
}

/* A function of its parameters. What takes time implements `execute` instead. */
static FermataValue *
example_checksum_compute (FermataNodeType     *type,
                          FermataComputation  *computation,
                          GError             **error)
{
  g_autofree char *text = dup_text (computation, "text", error);
  g_autofree char *name = text == NULL ? NULL : dup_text (computation, "algorithm", error);
  g_autofree char *sum = NULL;

  if (name == NULL)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (algorithms); i++)
    {
      if (g_str_equal (algorithms[i].name, name))
        sum = g_compute_checksum_for_string (algorithms[i].type, text, -1);
    }

  return fermata_value_new_string (sum, -1);
}

static void
example_checksum_class_init (ExampleChecksumClass *klass)
{
  klass->describe = example_checksum_describe;
  klass->compute = example_checksum_compute;
}

static void
example_checksum_init (ExampleChecksum *self)
{
}

FERMATA_MODULE

G_MODULE_EXPORT gboolean
fermata_module_register (FermataNodeRegistry  *registry,
                         GError              **error)
{
  g_autoptr (FermataNodeType) type = g_object_new (example_checksum_get_type (), NULL);

  return fermata_node_registry_try_add (registry, type, error);
}
