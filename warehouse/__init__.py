"""Models, migrations, loading and views: the only place where SQL is written."""
