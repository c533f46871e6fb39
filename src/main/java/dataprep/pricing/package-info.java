/** AWS's public prices. */
package dataprep.pricing;
