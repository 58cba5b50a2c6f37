/**
 * YAML files with good manners: read with positions, {@code ${VAR}} expanded, {@code --set}
 * applied, checked against a JSON Schema, every problem told at once with file and line. Entry
 * point: {@link dev.graft.spec.yaml.SchemaValidatedYaml}.
 */
package dev.graft.spec.yaml;
