/** The catalog page of a stack: its data sets with their columns, lineage, rules and latest runs. */
package dataprep.cli.catalog;
