"""What tables lie in: archives, spreadsheets, database files and servers."""
