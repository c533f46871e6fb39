/** Pulumi component resources. Each takes its name, its arguments and options, and registers its resources. */
package dataprep.components;
