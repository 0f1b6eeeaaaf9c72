"""The bundled server: simulated visitors to practise on, behind the operator protocol."""
