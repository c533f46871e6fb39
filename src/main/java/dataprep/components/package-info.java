/** Pulumi component resources. Each takes settings and other components and registers its resources. */
package dataprep.components;
