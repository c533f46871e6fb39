"""The services behind moto's APIs: what runs functions and jobs, delivers events and writes logs."""
