/** The recipe as records, validated at preview; it defines the catalog's columns. */
package dataprep.recipe;
