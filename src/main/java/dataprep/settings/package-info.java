/** The stack's configuration as validated records. */
package dataprep.settings;
