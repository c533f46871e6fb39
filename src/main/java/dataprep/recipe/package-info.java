/** The recipe as records, checked at preview; source of the catalog's columns. */
package dataprep.recipe;
