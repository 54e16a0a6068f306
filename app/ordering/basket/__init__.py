"""The basket of an orderer, with its kits."""
