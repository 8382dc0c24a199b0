-- What became of the targets, in the next paper that reports on them?
select unit_name, indicator, year, comparator, planned, actual, difference, is_met,
       file_name, actual_file_name
from v_plan_vs_actual
where actual is not null
order by unit_code, indicator, year, figure_id
