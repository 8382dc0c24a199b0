-- Where exactly is a figure printed?
select o.file_name, o.page, o.table_no, o.row_no, o.col_no, o.raw_text, o.value,
       o.quality, round(o.x0) as x0, round(o.y0) as y0
from v_observation o
where o.unit_name = 'Xã Cam Nghĩa' and o.indicator = 'poverty_rate'
  and o.group_code = 'all'
