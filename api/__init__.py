"""The planner over HTTP: endpoints translate, the library decides."""
